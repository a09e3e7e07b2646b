"""What the program itself says in an answer, in Arabic, French and English, with dates in words."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import groupby
from operator import itemgetter

from vectorstore.records import Days

MONTHS = {
    "en": "January February March April May June July August September October November December".split(),
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر".split(),
}
QUOTES = {"en": ("“", "”"), "fr": ("« ", " »"), "ar": ("«", "»")}

SAID = {
    "reported": {"en": "reported {day}", "fr": "rapporté le {day}", "ar": "ورد في {day}"},
    "found": {
        "en": "{passages} from {articles} of {all}{window}:",
        "fr": "{passages} dans {articles} sur {all}{window} :",
        "ar": "{passages} في {articles} من أصل {all}{window}:",
    },
    "left": {
        "en": "The list is long, so that {passages} from earlier on are left out; ask about a shorter time.",
        "fr": "La liste est longue : {passages} plus anciens n'y figurent pas ; réduisez la période.",
        "ar": "القائمة طويلة، لذلك لم يدرج فيها ما هو أقدم: {passages}؛ حدد فترة أقصر للاطلاع عليه.",
    },
    "listed": {
        "en": "Listed without the language model, which can be given {most} passages at most.",
        "fr": "Liste établie sans le modèle de langue, auquel on ne peut donner que {most} passages.",
        "ar": "أعدت هذه القائمة دون النموذج اللغوي الذي لا يمكن تزويده بأكثر من {most} مقاطع.",
    },
    "differ": {
        "en": "The figures differ ({passages} from {articles} of {all}{window}); the newest of an event comes first:",
        "fr": "Les chiffres diffèrent ({passages} dans {articles} sur {all}{window}) ; pour un même "
        "événement, le plus récent vient en premier :",
        "ar": "الأرقام متباينة ({passages} في {articles} من أصل {all}{window})؛ الأحدث عن الحدث نفسه يأتي أولا:",
    },
    "ahead": {"en": "planned", "fr": "prévu", "ar": "مرتقب"},
    "denied": {"en": "denied or called off", "fr": "démenti ou annulé", "ar": "منفي أو ملغى"},
    "newest": {"en": "newest figure", "fr": "chiffre le plus récent", "ar": "أحدث رقم"},
    "corrects": {"en": "corrects {figure}", "fr": "corrige {figure}", "ar": "يصحح {figure}"},
    "also_in": {"en": "also in {others}", "fr": "aussi dans {others}", "ar": "وأيضا في {others}"},
    "in_window": {"en": ", {days}", "fr": ", {days}", "ar": "، {days}"},
    "no_articles": {
        "en": "No article is stored yet. Add some, then ask again.",
        "fr": "Aucun article n'est encore enregistré. Ajoutez-en, puis reposez la question.",
        "ar": "لا توجد أي مقالات مخزنة بعد. أضف مقالات ثم أعد السؤال.",
    },
    "nothing_relevant": {
        "en": "The stored articles don't answer this. Looked at: {looked}.",
        "fr": "Les articles enregistrés ne répondent pas à cette question. Examinés : {looked}.",
        "ar": "لا تجيب المقالات المخزنة عن هذا السؤال. ما تم النظر فيه: {looked}.",
    },
    "outside_window": {
        "en": "No stored passage about {days} answers this. Looked at: {looked}.",
        "fr": "Aucun passage enregistré portant sur {days} ne répond à cette question. Examinés : {looked}.",
        "ar": "لا يوجد مقطع مخزن يخص {days} يجيب عن هذا السؤال. ما تم النظر فيه: {looked}.",
    },
    "no_outlet": {
        "en": "No article from “{outlet}” is stored. Stored outlets, with their articles: {outlets}.",
        "fr": "Aucun article de « {outlet} » n'est enregistré. Sources (et nombre d'articles) : {outlets}.",
        "ar": "لا يوجد أي مقال مخزن من «{outlet}». المصادر المخزنة وعدد مقالاتها: {outlets}.",
    },
    "elsewhere": {
        "en": "They do tell of it for another time: {days}.",
        "fr": "Ils en parlent pour une autre période : {days}.",
        "ar": "لكنها تذكر ذلك في فترة أخرى: {days}.",
    },
    "newest_articles": {
        "en": "The newest articles:",
        "fr": "Les articles les plus récents :",
        "ar": "أحدث المقالات:",
    },
    "held": {
        "en": "These words stand in {articles}:",
        "fr": "Ces mots figurent dans {articles} :",
        "ar": "وردت هذه العبارات في {articles}:",
    },
    "not_held": {
        "en": "No stored article holds these words. Looked at: {looked}.",
        "fr": "Aucun article enregistré ne contient ces mots. Examinés : {looked}.",
        "ar": "لا يحتوي أي مقال مخزن على هذه العبارات. ما تم النظر فيه: {looked}.",
    },
    "not_together": {
        "en": "The articles name {names}, but no passage tells of such a meeting.",
        "fr": "Les articles nomment {names}, mais aucun passage ne parle d'une telle rencontre.",
        "ar": "تذكر المقالات {names}، لكن لا يوجد مقطع يتحدث عن لقاء كهذا.",
    },
    "undated": {
        "en": "{passages} without a known date may bear on it; listed apart.",
        "fr": "{passages} sans date connue pourraient s'y rapporter ; listés à part.",
        "ar": "{passages} بلا تاريخ معروف قد تتعلق به، وهي مدرجة على حدة.",
    },
    "span": {
        "en": "{articles} (published: {days})",
        "fr": "{articles} (publication : {days})",
        "ar": "{articles} (تاريخ النشر: {days})",
    },
    "span_some": {
        "en": "{articles} (published: {days}; {undated} undated)",
        "fr": "{articles} (publication : {days} ; sans date : {undated})",
        "ar": "{articles} (تاريخ النشر: {days}؛ وبلا تاريخ: {undated})",
    },
    "undated_articles": {
        "en": "{articles}, none of known date",
        "fr": "{articles}, sans date connue",
        "ar": "{articles} بلا تاريخ معروف",
    },
    "unknown_name": {
        "en": "No stored article names “{name}”.",
        "fr": "Aucun article enregistré ne nomme « {name} ».",
        "ar": "لا يذكر أي مقال مخزن «{name}».",
    },
    "partial": {
        "en": "partly supported by the cited words",
        "fr": "étayé en partie par les mots cités",
        "ar": "تسنده الكلمات المستشهد بها جزئيا",
    },
    "unsupported": {
        "en": "not supported by the cited words",
        "fr": "non étayé par les mots cités",
        "ar": "لا تسنده الكلمات المستشهد بها",
    },
    "since": {"en": "since {day}", "fr": "depuis le {day}", "ar": "منذ {day}"},
    "since_month": {"en": "since {month}", "fr": "depuis {month}", "ar": "منذ {month}"},
    "until": {"en": "until {day}", "fr": "jusqu'au {day}", "ar": "حتى {day}"},
    "between": {"en": "{first} to {last}", "fr": "du {first} au {last}", "ar": "من {first} إلى {last}"},
}

# One, two, three to ten, more, whole hundreds: Arabic counts in five ways.
COUNTED = {
    "articles": {
        "en": ("{n} article", "{n} articles", "{n} articles", "{n} articles", "{n} articles"),
        "fr": ("{n} article", "{n} articles", "{n} articles", "{n} articles", "{n} articles"),
        "ar": ("مقال واحد", "مقالان", "{n} مقالات", "{n} مقالا", "{n} مقال"),
    },
    "in_articles": {
        "en": ("{n} article", "{n} articles", "{n} articles", "{n} articles", "{n} articles"),
        "fr": ("{n} article", "{n} articles", "{n} articles", "{n} articles", "{n} articles"),
        "ar": ("مقال واحد", "مقالين", "{n} مقالات", "{n} مقالا", "{n} مقال"),
    },
    "others": {
        "en": ("1 other article", *("{n} other articles",) * 4),
        "fr": ("1 autre article", *("{n} autres articles",) * 4),
        "ar": ("مقال آخر", "مقالين آخرين", "{n} مقالات أخرى", "{n} مقالا آخر", "{n} مقال آخر"),
    },
    "passages": {
        "en": ("{n} passage", "{n} passages", "{n} passages", "{n} passages", "{n} passages"),
        "fr": ("{n} passage", "{n} passages", "{n} passages", "{n} passages", "{n} passages"),
        "ar": ("مقطع واحد", "مقطعان", "{n} مقاطع", "{n} مقطعا", "{n} مقطع"),
    },
}


def spoken(language: str) -> str:
    """The language the program speaks for an answer in ``language``: English where it knows no better."""
    return language if language in MONTHS else "en"


def say(phrase: str, language: str, **values: str) -> str:
    """A phrase in ``language`` with its blanks filled."""
    return SAID[phrase][spoken(language)].format(**values)


def count(what: str, n: int, language: str) -> str:
    """A number of things, in the grammar of ``language``."""
    return COUNTED[what][spoken(language)][_form(n, spoken(language))].format(n=n)


def _form(n: int, language: str) -> int:
    """Which form a number takes: one, two, few, many, or (in Arabic) whole hundreds."""
    if n == 1 or (n == 0 and language == "fr"):
        return 0
    if n == 2:
        return 1
    if 3 <= n % 100 <= 10:
        return 2
    return 4 if n % 100 < 3 else 3


def quoted(words: str, language: str) -> str:
    """``words`` in the quotation marks of ``language``."""
    opening, closing = QUOTES[spoken(language)]
    return f"{opening}{words}{closing}"


def day_in_words(day: date, language: str) -> str:
    """``3 October 2024``, ``3 octobre 2024``, ``3 أكتوبر 2024``."""
    language = spoken(language)
    number = "1er" if language == "fr" and day.day == 1 else str(day.day)
    return f"{number} {MONTHS[language][day.month - 1]} {day.year}"


def days_in_words(days: Days, language: str) -> str:
    """Days as a person would say them: a day, a month, a year or a range."""
    first, last = days.first, days.last
    if first == date.min:
        return say("until", language, day=day_in_words(last, language))
    if last == date.max:
        if _begins_month(first):
            return say("since_month", language, month=_month(first, language))
        return say("since", language, day=day_in_words(first, language))
    if first == last:
        return day_in_words(first, language)
    if _begins_month(first) and _ends_month(last):
        return _months_in_words(first, last, language)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day_in_words(last, language)}"
    return say("between", language, first=day_in_words(first, language), last=day_in_words(last, language))


def months_in_words(months: Iterable[tuple[int, int]], language: str) -> str:
    """Months, each a year and a number, by year: ``May, June 2022; April 2024``. Month 0 is the year alone."""
    names = ["", *MONTHS[spoken(language)]]
    comma, semicolon = ("، ", "؛ ") if spoken(language) == "ar" else (", ", "; ")
    years = groupby(sorted(months), key=itemgetter(0))
    told = [(comma.join(names[month] for _, month in of_year if month), year) for year, of_year in years]
    return semicolon.join(f"{named} {year}".strip() for named, year in told)


def _months_in_words(first: date, last: date, language: str) -> str:
    if (first.month, last.month) == (1, 12):
        return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
    start = _month(first, language)
    if (first.year, first.month) == (last.year, last.month):
        return start
    return f"{start} – {_month(last, language)}"


def _month(day: date, language: str) -> str:
    return f"{MONTHS[spoken(language)][day.month - 1]} {day.year}"


def _begins_month(day: date) -> bool:
    return day.day == 1


def _ends_month(day: date) -> bool:
    return day == date.max or (day + timedelta(days=1)).day == 1
