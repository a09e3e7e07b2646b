"""Lists words that are written small, ``vectorstore/small_words.txt``: no names, where a question has no capitals.

    python -m tests.quality.small_words OUT.txt

They are taken from the texts that were written for training, in which each name is invented for its text: French and
English words that several texts have with a small letter, folded, but for given names.
"""

import json
import sys
from collections import Counter
from pathlib import Path

from vectorstore.naming import is_given_name
from vectorstore.text import fold, is_rtl, words

READING = Path(__file__).parent / "reading"
LEAST_TEXTS = 3
SHORTEST = 3


def small_words() -> list[str]:
    """The words, sorted."""
    found: Counter[str] = Counter()
    for path in sorted(READING.glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            text = json.loads(line)["text"]
            told = (text[span.start : span.end] for span in words(text))
            found.update({fold(word) for word in told if word.islower() and not is_rtl(word)})
    return sorted(
        word
        for word, texts in found.items()
        if texts >= LEAST_TEXTS and len(word) >= SHORTEST and word.isalpha() and not is_given_name(word)
    )


if __name__ == "__main__":
    Path(sys.argv[1]).write_text("\n".join(small_words()) + "\n", "utf-8")
