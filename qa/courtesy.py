"""What is said back to a greeting, to thanks or to a word of asking alone: no question, so nothing is looked up."""

from qa.dialect import in_written
from qa.phrases import spoken
from vectorstore.text import fold, words

# By language, since a single word seldom tells its own.
_SAID = {
    "en": "hi, hello, hey, good morning, good afternoon, good evening, thanks, thank you, thanks a lot, many thanks, "
    "thank you very much, ok, okay, ok thanks, bye, goodbye, how are you",
    "fr": "bonjour, bonsoir, salut, coucou, merci, merci beaucoup, au revoir, d'accord, ça va",
    "ar": "مرحبا, مرحبا بك, أهلا, أهلا وسهلا, سلام, السلام عليكم, صباح الخير, مساء الخير, شكرا, شكرا جزيلا, شكرا لك, "
    "مع السلامة, كيف حالك",
}
# Words that ask for nothing by themselves, but may go on with an earlier question.
_EMPTY = frozenset(
    fold(
        "a an the no yes not and or who whom whose what when where why how which "
        "oui non et ou qui quoi quand où comment "
        "pourquoi combien quel quelle نعم لا من ما ماذا متى أين كيف لماذا كم هل أي و أو"
    ).split()
)
_ANSWERS = {
    "en": "Ask a question ({articles} stored): who, when, where, how many, why. For example: “Who did … "
    "meet in 2024?”, “How many people died in …?” or “Where is this from: …”. Each answer quotes the articles.",
    "fr": "Posez une question ({articles} en mémoire) : qui, quand, où, combien, pourquoi. Par exemple : « Qui "
    "… a-t-il rencontré en 2024 ? », « Combien de morts … ? » ou « D'où vient cette phrase : … ». Chaque réponse "
    "cite les articles.",
    "ar": "اطرح سؤالا (المخزن: {articles}): من، متى، أين، كم، لماذا. مثلا: «من التقى … سنة 2024؟» أو "
    "«كم عدد قتلى …؟» أو «في أي مقال ورد: …؟». كل جواب يستشهد بكلمات المقالات.",
}


def courtesy_in(text: str) -> str | None:
    """The language of a greeting or of thanks, where ``text`` says nothing else."""
    said = _folded(text)
    return next(
        (
            language
            for language, several in _SAID.items()
            if said and said in map(_folded, several.split(","))
        ),
        None,
    )


def asks_nothing(text: str) -> bool:
    """Whether ``text`` has no word but such as ask for nothing by themselves, single letters and figures."""
    return all(
        word in _EMPTY or len(word) == 1 or word.isdigit() for word in _folded(in_written(text)).split()
    )


def returned(articles: str, language: str) -> str:
    """What can be asked, with the number of ``articles`` in words."""
    return _ANSWERS[spoken(language)].format(articles=articles)


def _folded(text: str) -> str:
    return " ".join(fold(text[span.start : span.end]) for span in words(text))
