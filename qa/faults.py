"""What can go wrong with a chat model, and how the reader is told: changes when models fail in another way."""

from enum import Enum

from qa.phrases import spoken


class FaultKind(Enum):
    """Why a model's answer can't be used."""

    UNREACHABLE = "unreachable"
    NO_ACCESS = "no_access"
    BUSY = "busy"
    SERVER = "server"
    REFUSED_CALL = "refused_call"
    SLOW = "slow"
    CUT = "cut"
    EMPTY = "empty"
    ENDLESS = "endless"
    GARBLED = "garbled"
    INVENTED = "invented"
    UNCARRIED = "uncarried"
    DECLINED = "declined"


TRANSIENT = frozenset((FaultKind.UNREACHABLE, FaultKind.BUSY, FaultKind.SERVER))
"""What may be over a moment later."""

_WHY = {
    FaultKind.UNREACHABLE: (
        "the language model could not be reached",
        "le modèle de langue est injoignable",
        "تعذر الاتصال بالنموذج اللغوي",
    ),
    FaultKind.NO_ACCESS: (
        "the language model refused the key it was given",
        "le modèle de langue a refusé la clé fournie",
        "رفض النموذج اللغوي المفتاح المقدم إليه",
    ),
    FaultKind.BUSY: (
        "the language model takes no more questions for now",
        "le modèle de langue n'accepte plus de questions pour le moment",
        "لا يقبل النموذج اللغوي مزيدا من الأسئلة حاليا",
    ),
    FaultKind.SERVER: (
        "the language model's server reported a fault",
        "le serveur du modèle de langue a signalé une panne",
        "أبلغ خادم النموذج اللغوي عن عطل",
    ),
    FaultKind.REFUSED_CALL: (
        "the language model's server did not accept the question (is the model's name right?)",
        "le serveur du modèle de langue n'a pas accepté la question (le nom du modèle est-il juste ?)",
        "لم يقبل خادم النموذج اللغوي السؤال (هل اسم النموذج صحيح؟)",
    ),
    FaultKind.SLOW: (
        "the language model did not answer in time",
        "le modèle de langue n'a pas répondu à temps",
        "لم يجب النموذج اللغوي في الوقت المحدد",
    ),
    FaultKind.CUT: (
        "the language model's answer broke off",
        "la réponse du modèle de langue s'est interrompue",
        "انقطعت إجابة النموذج اللغوي",
    ),
    FaultKind.EMPTY: (
        "the language model answered nothing",
        "le modèle de langue n'a rien répondu",
        "لم يجب النموذج اللغوي بشيء",
    ),
    FaultKind.ENDLESS: (
        "the language model did not come to an end",
        "la réponse du modèle de langue n'en finissait pas",
        "لم تنته إجابة النموذج اللغوي",
    ),
    FaultKind.GARBLED: (
        "the language model's answer could not be read",
        "la réponse du modèle de langue est illisible",
        "تعذرت قراءة إجابة النموذج اللغوي",
    ),
    FaultKind.INVENTED: (
        "the language model cited passages that do not exist",
        "le modèle de langue a cité des passages qui n'existent pas",
        "أحال النموذج اللغوي إلى مقاطع غير موجودة",
    ),
    FaultKind.UNCARRIED: (
        "the articles do not carry what the language model wrote",
        "les articles n'appuient pas ce que le modèle de langue a écrit",
        "لا تسند المقالات ما كتبه النموذج اللغوي",
    ),
    FaultKind.DECLINED: (
        "the language model found no answer in these passages",
        "le modèle de langue n'a pas trouvé de réponse dans ces passages",
        "لم يجد النموذج اللغوي جوابا في هذه المقاطع",
    ),
}
_INSTEAD = {
    "en": "Made of quotations instead: {why}.",
    "fr": "Réponse faite de citations : {why}.",
    "ar": "الإجابة مؤلفة من اقتباسات: {why}.",
}
_INVENTED = {
    "en": "The language model cited passages that do not exist ({numbers}); those marks were taken out.",
    "fr": "Le modèle de langue a cité des passages qui n'existent pas ({numbers}) ; ces renvois ont été retirés.",
    "ar": "أحال النموذج اللغوي إلى مقاطع غير موجودة ({numbers})، وقد حذفت هذه الإحالات.",
}
_LANGUAGES = ("en", "fr", "ar")


class Fault(Exception):
    """A model's answer can't be used. Its cause, where there is one, is what the model's client raised.

    ``str`` names the kind alone: what a client says may hold a piece of the key.
    """

    def __init__(self, kind: FaultKind) -> None:
        super().__init__(kind.value)
        self.kind = kind

    def notice(self, language: str) -> str:
        """What to tell above the answer that comes instead, in ``language``."""
        spoken_here = spoken(language)
        return _INSTEAD[spoken_here].format(why=_WHY[self.kind][_LANGUAGES.index(spoken_here)])


def invented(numbers: list[int], language: str) -> str:
    """What to tell of citation numbers that were made up, at most a few of them."""
    shown = ", ".join(map(str, numbers[:3])) + ("…" if len(numbers) > 3 else "")
    return _INVENTED[spoken(language)].format(numbers=shown)
