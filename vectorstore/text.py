"""The door to what is known of a text without a model: changes when another such thing should be offered."""

from vectorstore.folding import fold, fold_map
from vectorstore.language import is_rtl, language_of
from vectorstore.records import Span
from vectorstore.splitting import clauses, sentences, words
from vectorstore.stemming import terms

__all__ = ["Span", "clauses", "fold", "fold_map", "is_rtl", "language_of", "sentences", "terms", "words"]
