"""What all the page's events have in common. Imports Gradio, as those who import it do."""

from typing import Any

import gradio as gr

Updates = dict[Any, Any]
"""What a handler changes: a part of the page → its new value, or the properties to set."""

PRIVATE: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
"""Options of an event that is the page's own: it is no public endpoint, and nothing is laid over its outputs."""


def shown(visible: bool) -> Any:
    """The update that shows or hides a part."""
    return gr.update(visible=visible)
