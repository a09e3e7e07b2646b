"""What goes wrong, told in the page's language: the program's own English line is looked up, as gettext does.

A line that isn't known here stands as it is behind a lead that says so. ``{what}`` is what the line is about.
"""

import re
from dataclasses import dataclass

from qa.app.words import say

_OPEN, _CLOSE = "\u2068", "\u2069"  # keep the direction of what stands between from moving its neighbours


@dataclass(frozen=True, slots=True)
class _Known:
    """The beginning of a line, and what it means in the other languages of the page."""

    english: re.Pattern[str]
    french: str
    arabic: str


def explained(error: object, language: str) -> str:
    """The error's line in ``language``, one line of plain text."""
    line = str(error)
    if language not in ("fr", "ar"):
        return line
    for known in _KNOWN:
        found = known.english.match(line)
        if found:
            parts = {name: _OPEN + part + _CLOSE for name, part in found.groupdict().items()}
            return (known.french if language == "fr" else known.arabic).format(**parts)
    return say(language, "told_in_english", line=_OPEN + line + _CLOSE)


def _known(english: str, french: str, arabic: str) -> _Known:
    return _Known(re.compile(english), french, arabic)


_WHAT = r"(?P<what>.{1,300}?)"
_KNOWN = (
    _known(
        rf"{_WHAT} leads into a private network",
        "{what} mène à un réseau privé : l’adresse est refusée.",
        "{what} يقود إلى شبكة خاصة: رُفض العنوان.",
    ),
    _known(
        rf"{_WHAT} can't be found \(",
        "{what} est introuvable ; vérifiez l’adresse.",
        "تعذّر العثور على {what}؛ تحقق من العنوان.",
    ),
    _known(
        rf"{_WHAT} (?:is no valid address|names no host|can't be fetched: only http)",
        "{what} n’est pas une adresse valable.",
        "{what} ليس عنوانًا صالحًا.",
    ),
    _known(
        rf"{_WHAT} may not be fetched by programs",
        "Le site ne permet pas aux programmes de lire {what}.",
        "لا يسمح الموقع للبرامج بقراءة {what}.",
    ),
    _known(
        rf"{_WHAT} (?:asks for a login|refuses access)",
        "{what} refuse l’accès.",
        "{what} يرفض الوصول.",
    ),
    _known(
        rf"{_WHAT} (?:isn't there; check|is gone)",
        "Il n’y a rien à l’adresse {what}.",
        "لا شيء في العنوان {what}.",
    ),
    _known(
        rf"{_WHAT} (?:can't be fetched \(|takes longer than)",
        "{what} ne répond pas ; réessayez plus tard.",
        "{what} لا يجيب؛ أعد المحاولة لاحقًا.",
    ),
    _known(
        rf"{_WHAT} is empty[;:]",
        "{what} est vide : il n’y a pas d’article dedans.",
        "{what} فارغ: لا مقال فيه.",
    ),
    _known(
        rf"{_WHAT} is of an unknown ",
        "{what} est d’un type que le programme ne lit pas.",
        "{what} من نوع لا يقرؤه البرنامج.",
    ),
    _known(
        rf"{_WHAT} is larger than (?P<most>[\d.]+ MB)",
        "{what} dépasse {most} ; partagez-le.",
        "{what} أكبر من {most}؛ قسّمه.",
    ),
    _known(
        rf"{_WHAT} is a scan without text",
        "{what} est une image sans texte ; passez-le d’abord à la reconnaissance de texte (OCR).",
        "{what} صورة بلا نص؛ مرّره أولًا على برنامج للتعرف على النص (OCR).",
    ),
    _known(
        rf"{_WHAT} is a damaged ",
        "{what} est endommagé ; enregistrez-le de nouveau.",
        "{what} تالف؛ احفظه من جديد.",
    ),
    _known(
        r"the page says that its article was not found",
        "La page dit que son article est introuvable.",
        "تقول الصفحة إن مقالها غير موجود.",
    ),
    _known(
        r"the page is a cookie notice",
        "La page est un avis sur les cookies, pas un article.",
        "الصفحة إشعار بملفات تعريف الارتباط وليست مقالًا.",
    ),
    _known(
        r"the page asks to log in",
        "La page demande une connexion ; ce n’est pas un article.",
        "تطلب الصفحة تسجيل الدخول؛ ليست مقالًا.",
    ),
    _known(
        r"the page is a list of headlines",
        "La page est une liste de titres, pas un article.",
        "الصفحة قائمة عناوين وليست مقالًا.",
    ),
    _known(
        r"the page holds too little text",
        "Il y a trop peu de texte pour un article.",
        "النص أقصر من أن يكون مقالًا.",
    ),
    _known(
        r"(?:\S{1,30}: )?'?(?P<what>.{1,300}?)'? isn't a date",
        "{what} n’est pas une date : écrivez 2024-10-03, 2024-10 ou 2024.",
        "{what} ليس تاريخًا: اكتب 2024-10-03 أو 2024-10 أو 2024.",
    ),
    _known(
        r"\S{1,30} (?P<what>.{1,30}) lies in the future",
        "{what} est dans le futur : donnez le jour où l’article a été publié.",
        "{what} في المستقبل: اكتب اليوم الذي نُشر فيه المقال.",
    ),
    _known(
        r"\S{1,30} takes one day",
        "Donnez un jour précis, comme 2024-10-03.",
        "اكتب يومًا بعينه، مثل 2024-10-03.",
    ),
    _known(
        r"the window ends \((?P<last>.{1,12})\) before it begins \((?P<first>.{1,12})\)",
        "La période finit ({last}) avant de commencer ({first}).",
        "تنتهي المدة ({last}) قبل أن تبدأ ({first}).",
    ),
    _known(
        r"there is no such saved chat",
        "Cette conversation n’existe plus.",
        "لم تعد هذه المحادثة موجودة.",
    ),
    _known(
        r"(?P<most>\d+) chats are the most",
        "{most} conversations au plus sont gardées : supprimez-en.",
        "لا يُحفظ أكثر من {most} محادثة: احذف بعضها.",
    ),
    _known(
        r"\d+ questions are the most that one chat takes|a chat takes",
        "Cette conversation est trop longue : commencez-en une autre.",
        "هذه المحادثة أطول مما يُحفظ: ابدأ محادثة أخرى.",
    ),
    _known(
        r"the (?:question|query) has no words",
        "La question ne contient aucun mot.",
        "لا كلمات في السؤال.",
    ),
    _known(
        r"the (?:question|query|text) has \d+ characters: (?P<most>\d+) are",
        "Le texte est trop long : {most} caractères au plus.",
        "النص أطول من اللازم: {most} حرف على الأكثر.",
    ),
    _known(
        r"there is no list of sources in the text",
        "Il manque la liste des sources : terminez par des lignes comme [1] titre : « les mots cités ».",
        "تنقص قائمة المصادر: اختم النص بأسطر مثل [1] العنوان: «الكلمات المقتبسة».",
    ),
    _known(
        r"the saved answer is broken JSON|this isn't an answer as",
        "Ce n’est pas une réponse enregistrée par le programme.",
        "ليس هذا جوابًا محفوظًا من البرنامج.",
    ),
    _known(
        r"there is no (?:article|version)",
        "Cet article n’est plus enregistré.",
        "لم يعد هذا المقال محفوظًا.",
    ),
    _known(
        r"another isnad process works on|a page runs on",
        "Un autre processus d’isnad travaille sur ces articles : réessayez ensuite.",
        "تعمل نسخة أخرى من isnad على هذه المقالات: أعد المحاولة بعدها.",
    ),
    _known(
        r"(?P<what>\S{1,100}) needs a package: (?P<how>.{1,100})",
        "{what} demande un paquet de plus : {how}",
        "يحتاج {what} إلى حزمة أخرى: {how}",
    ),
    _known(
        r"(?P<what>\S{1,100}) can't be used: set its key in (?P<key>\w{1,100})",
        "{what} demande une clé dans {key}.",
        "يحتاج {what} إلى مفتاح في {key}.",
    ),
    _known(
        r"unknown provider (?P<what>'.{0,60}?')",
        "Le fournisseur {what} est inconnu.",
        "المزوّد {what} غير معروف.",
    ),
)
