"""The page's look, as far as Gradio's theme carries it; the rest is in ``assets/page.css``."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import gradio

# Names of fonts that systems bring; nothing is fetched. Arabic faces stand before the Latin ones that would
# otherwise lend their poorer Arabic letters.
FONTS = (
    "system-ui",
    "-apple-system",
    "Segoe UI",
    "Noto Sans",
    "Noto Sans Arabic",
    "Tahoma",
    "Arial",
    "sans-serif",
)

_BOTH = {
    "body_background_fill": ("#f6f5f1", "#131719"),
    "body_text_color": ("#1d2422", "#e6eae8"),
    "body_text_color_subdued": ("#56615e", "#a5b0ac"),
    "background_fill_primary": ("#ffffff", "#1b2123"),
    "background_fill_secondary": ("#faf9f6", "#171c1e"),
    "block_background_fill": ("#ffffff", "#1b2123"),
    "block_border_color": ("#e3e0d8", "#2e373a"),
    "border_color_primary": ("#e3e0d8", "#2e373a"),
    "border_color_accent": ("#0b6b5d", "#5cc8b5"),
    "color_accent_soft": ("#e2f0ed", "#17332f"),
    "input_background_fill": ("#ffffff", "#1b2123"),
    "input_border_color": ("#c9c5ba", "#465155"),
    "input_border_color_focus": ("#0b6b5d", "#5cc8b5"),
    "input_placeholder_color": ("#6a7572", "#8d9995"),
    "button_primary_background_fill": ("#0b6b5d", "#5cc8b5"),
    "button_primary_background_fill_hover": ("#09574c", "#7ad6c5"),
    "button_primary_text_color": ("#ffffff", "#0d2622"),
    "button_secondary_background_fill": ("#ffffff", "#232a2d"),
    "button_secondary_background_fill_hover": ("#f0eee8", "#2c3538"),
    "button_secondary_border_color": ("#c9c5ba", "#465155"),
    "button_secondary_text_color": ("#1d2422", "#e6eae8"),
    "link_text_color": ("#0b6b5d", "#5cc8b5"),
}


def theme() -> "gradio.themes.Base":
    """A calm theme in light and dark: paper, ink and one green."""
    import gradio

    base = gradio.themes.Base(
        primary_hue=gradio.themes.colors.teal,
        neutral_hue=gradio.themes.colors.stone,
        radius_size=gradio.themes.sizes.radius_md,
        font=list(FONTS),
        font_mono=["ui-monospace", "Menlo", "Consolas", "monospace"],
    )
    light = {name: colours[0] for name, colours in _BOTH.items()}
    dark = {f"{name}_dark": colours[1] for name, colours in _BOTH.items()}
    return base.set(**light, **dark, block_label_background_fill="transparent", block_shadow="none")
