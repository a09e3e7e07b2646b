"""One spelling for text that is compared: changes when two ways of writing a letter should match, or cease to.

Every character is folded alone, without its neighbours, so that each folded character knows where it came from.
"""

import unicodedata

_LETTERS = {
    # Arabic: hamza seats, the final forms that are typed loosely, Persian and Maghrebi letters
    **dict.fromkeys("أإآٱٲٳ", "ا"),
    **dict.fromkeys("ىیېۍ", "ي"),
    **dict.fromkeys("ةۀہۂۃھەه", "ه"),
    **dict.fromkeys("کگڭݣݢڪ", "ك"),
    **dict.fromkeys("ڤڥڢ", "ف"),
    "ؤ": "و",
    "ئ": "ي",
    "پ": "ب",
    "ڨ": "ق",
    "ـ": "",
    "ٴ": "",
    # Latin letters that Unicode doesn't take apart
    "œ": "oe",
    "æ": "ae",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "ł": "l",
    "ħ": "h",
    "ı": "i",
    # Punctuation that has several codes for one use
    **dict.fromkeys("’‘‛ʼʻʹʾʿ´`′ꞌ", "'"),
    **dict.fromkeys("‐‑−", "-"),
    "٫": ".",
    "٬": ",",
    "٪": "%",
}

_MARKS = (
    (0x0300, 0x036F),
    (0x0483, 0x0487),
    (0x0591, 0x05C7),
    (0x0610, 0x061A),
    (0x064B, 0x065F),
    (0x0670, 0x0670),
    (0x06D6, 0x06ED),
    (0x0898, 0x08FF),
    (0x1AB0, 0x1AFF),
    (0x1DC0, 0x1DFF),
    (0x20D0, 0x20FF),
    (0xFE00, 0xFE0F),
    (0xFE20, 0xFE2F),
)


def _dropped(char: str) -> bool:
    """Harakat, accents, zero-width and bidi marks. Vowel signs of Indic scripts are letters here, and stay."""
    category = unicodedata.category(char)
    if category == "Cf":
        return True
    return category in ("Mn", "Me", "So") and any(low <= ord(char) <= high for low, high in _MARKS)


def _fold_letter(char: str) -> str:
    if char in _LETTERS:
        return _LETTERS[char]
    digit = unicodedata.decimal(char, None)
    return char if digit is None else str(digit)


def _fold_character(char: str) -> str:
    if char in _LETTERS:
        return _LETTERS[char]
    if _dropped(char):
        return ""
    parts = [part for part in unicodedata.normalize("NFKD", char) if not _dropped(part)]
    if (parts == [" "] and not char.isspace()) or parts == [" ", "ـ"]:
        return ""  # a presentation form of a mark alone: space + mark
    lowered = unicodedata.normalize("NFKD", "".join(parts).casefold())
    folded = "".join(_fold_letter(part) for part in lowered if not _dropped(part))
    return unicodedata.normalize("NFC", folded)


class _Table(dict[int, str]):
    """What ``str.translate`` looks characters up in; filled as they are met."""

    def __missing__(self, code: int) -> str:
        return self.setdefault(code, _fold_character(chr(code)))


_table = _Table()


def fold(text: str) -> str:
    """``text`` as it is compared.

    Arabic without harakat, tatweel and invisible marks, with one alef, ya, ha and kaf; presentation forms
    resolved; every script's decimal digits as 0-9; Latin in lower case without accents; one apostrophe and one
    hyphen. Folding twice changes nothing more.
    """
    return text.translate(_table)


def fold_map(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters the index in ``text`` that it comes from."""
    pieces = [_table[ord(char)] for char in text]
    return "".join(pieces), [index for index, piece in enumerate(pieces) for _ in piece]
