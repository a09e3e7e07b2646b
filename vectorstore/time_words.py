"""What single words and set phrases say about time, in Arabic, French and English: the tables, no grammar.

Words stand here as they are written; folding makes the keys, so that harakat, tatweel, alef variants,
presentation forms, accents and case never matter.
"""

from functools import lru_cache
from typing import Any, NamedTuple

from vectorstore.folding import fold

WEAK, ABBREVIATED = 1, 2


class Sense(NamedTuple):
    """What one word may say about time; the empty sense says nothing.

    ``weak`` grades a month: 0 a plain name, ``WEAK`` a name that is also an ordinary word, ``ABBREVIATED`` one
    that counts only beside a day or a year. ``side`` is -1 past, 0 current, 1 coming, ``roles`` are the parts
    a word can play in the grammar, and ``anchor`` is true of what every time has one of.
    """

    month: int = 0
    weak: int = 0
    hijri: int = 0
    weekday: int | None = None
    shift: int | None = None
    amount: int = 0
    ordinal: int = 0
    day: int = 0
    unit: str = ""
    side: int | None = None
    part: str = ""
    months: tuple[int, int] | None = None
    pieces: int = 0
    decade: int = 0
    roles: frozenset[str] = frozenset()
    prefix: str = ""
    anchor: bool = False


NOTHING = Sense()
# What no time told in words does without, unless it has a year.
_ANCHORS = frozenset({"month", "hijri", "weekday", "shift", "unit", "months", "decade"})


LEXICON: dict[str, Sense] = {}
# The set phrases by their first word: the other words, and what the whole says.
PHRASES: dict[str, dict[tuple[str, ...], Sense]] = {}


def _put(words: str, roles: str = "", **fields: Any) -> None:
    """Enter words, separated by spaces, or set phrases, whose words are joined by ``_``."""
    played, anchor = frozenset(roles.split()), not _ANCHORS.isdisjoint(fields)
    for entry in fold(words).split():
        first, *others = entry.split("_")
        table: dict[Any, Sense] = PHRASES.setdefault(first, {}) if others else LEXICON
        key = tuple(others) or first
        old = table.get(key, NOTHING)
        table[key] = old._replace(roles=old.roles | played, anchor=old.anchor or anchor, **fields)


_MONTHS = (
    "يناير جانفي كانون_الثاني كانون_ثاني january janvier",
    "فبراير فيفري شباط february février",
    "آذار",
    "أبريل أفريل april avril",
    "مايو أيار mai",
    "يونيو يونية جوان حزيران june juin",
    "يوليو يوليوز يولية جويلية تموز july juillet",
    "غشت أغسطس août",
    "شتنبر سبتمبر شتمبر أيلول september septembre",
    "أكتوبر تشرين_الأول تشرين_أول october octobre",
    "نونبر نوفمبر نونمبر تشرين_الثاني تشرين_ثاني november novembre",
    "دجنبر ديسمبر دسمبر كانون_الأول كانون_أول december décembre",
)
_WEAK_MONTHS = {3: "مارس march mars", 4: "نيسان", 5: "ماي may", 8: "أوت آب august"}
_SHORT_MONTHS = (
    "jan janv", "feb fév févr", "mar", "apr avr", "", "jun", "jul juil", "aug", "sep sept", "oct", "nov", "dec déc",
)  # fmt: skip
for _n, _names in enumerate(_MONTHS, 1):
    _put(_names, month=_n)
for _n, _names in _WEAK_MONTHS.items():
    _put(_names, month=_n, weak=WEAK)
for _n, _names in enumerate(_SHORT_MONTHS, 1):
    _put(_names, month=_n, weak=ABBREVIATED)
_put("january february march april may june july august september october november december", "english")
_put("jan feb mar apr jun jul aug sep sept oct nov dec", "english")

_HIJRI = (
    "محرم muharram mouharram",
    "صفر safar",
    "ربيع_الأول ربيع_أول rabi_al_awwal",
    "ربيع_الآخر ربيع_الثاني ربيع_ثاني rabi_al_thani",
    "جمادى_الأولى جمادى_الأول jumada_al_awwal",
    "جمادى_الآخرة جمادى_الثانية جمادى_الثاني jumada_al_thani",
    "رجب rajab",
    "شعبان shaban shaaban chaabane",
    "رمضان ramadan",
    "شوال shawwal chaoual",
    "ذو_القعدة ذي_القعدة dhu_al_qadah",
    "ذو_الحجة ذي_الحجة dhu_al_hijjah",
)
for _n, _names in enumerate(_HIJRI, 1):
    _put(_names, hijri=_n)

_WEEKDAYS = (
    "monday lundi", "الثلاثاء tuesday mardi", "الأربعاء wednesday mercredi", "الخميس thursday jeudi",
    "الجمعة friday vendredi", "السبت saturday samedi", "الأحد sunday dimanche",
)  # fmt: skip
_WEAK_WEEKDAYS = (
    "الاثنين الاتنين اثنين mon lun", "ثلاثاء tue tues", "أربعاء wed mer", "خميس thu thur thurs jeu",
    "جمعة fri ven", "سبت sat sam", "أحد sun dim",
)  # fmt: skip
for _n, _names in enumerate(_WEEKDAYS):
    _put(_names, weekday=_n)
for _n, _names in enumerate(_WEAK_WEEKDAYS):
    _put(_names, "weak_weekday", weekday=_n)

_put("اليوم today tonight aujourd_hui this_morning this_afternoon this_evening ce_matin ce_soir", shift=0)
_put("هذا_الصباح هذا_المساء هذه_الليلة cet_après_midi", shift=0)
_put("اليوم today", "plain_today")
_put("يومه", "this_weekday", shift=0)
_put("أمس البارحة yesterday hier last_night الليلة_الماضية", shift=-1)
_put("أول_أمس أمس_الأول أول_البارحة avant_hier day_before_yesterday", shift=-2)
_put("غدا الغد tomorrow demain", shift=1)
_put("بعد_غد بعد_الغد après_demain day_after_tomorrow", shift=2)

_COUNTS = {
    1: "a an one un une واحد واحدة", 2: "two deux اثنين اثنان اثنتين", 3: "three trois ثلاثة ثلاث",
    4: "four quatre أربعة أربع", 5: "five cinq خمسة خمس", 6: "six ستة ست", 7: "seven sept سبعة سبع",
    8: "eight huit ثمانية ثمان ثماني", 9: "nine neuf تسعة تسع", 10: "ten dix عشرة عشر", 11: "eleven onze",
    12: "twelve douze", 15: "fifteen quinze", 20: "twenty vingt عشرين عشرون", 30: "thirty trente ثلاثين ثلاثون",
}  # fmt: skip
_ARABIC_UNITS = (
    "أحد إحدى", "اثني اثنا اثنتي", "ثلاثة ثلاث", "أربعة أربع", "خمسة خمس", "ستة ست", "سبعة سبع",
    "ثمانية ثماني", "تسعة تسع",
)  # fmt: skip
for _n, _names in _COUNTS.items():
    _put(_names, amount=_n)
    # «الأشهر الثلاثة الماضية»; the definite two is the Arabic Monday and comes as a dual anyway.
    _put(" ".join(f"ال{name}" for name in _names.split() if name > "ء" and _n > 2), amount=_n)
for _n, _names in enumerate(_ARABIC_UNITS, 11):
    _put(" ".join(f"{name}_{ten}" for name in _names.split() for ten in ("عشر", "عشرة")), amount=_n)

_ORDINALS = {
    1: "first premier première 1er الأول الأولى", 2: "second deuxième الثاني الثانية",
    3: "third troisième الثالث الثالثة", 4: "fourth quatrième الرابع الرابعة",
}  # fmt: skip
for _n, _names in _ORDINALS.items():
    _put(_names, ordinal=_n)
_put("first premier فاتح", "first_day")
_DAYS = "الأول الثاني الثالث الرابع الخامس السادس السابع الثامن التاسع العاشر".split()
for _n, _name in enumerate(_DAYS, 1):
    _put(_name, day=_n)
for _n, _name in enumerate(["الحادي", *_DAYS[1:9]], 1):
    _put(f"{_name}_عشر", day=10 + _n)
    _put(f"{_name}_والعشرين {_name}_و_العشرين", day=20 + _n)
_put("العشرين", day=20)
_put("الثلاثين", day=30)
_put("الحادي_والثلاثين", day=31)

_UNITS = {
    "day": "day days jour jours يوم يوما أيام اليوم الأيام",
    "week": "week weeks semaine semaines أسبوع أسبوعا أسابيع",
    "month": "month months mois شهر شهرا أشهر شهور",
    "year": "year years an ans année années سنة سنوات عام عاما أعوام",
    "weekend": "weekend week_end نهاية_الأسبوع نهاية_أسبوع",
}  # fmt: skip
_DUALS = {"day": "يومين", "week": "أسبوعين", "month": "شهرين", "year": "سنتين عامين"}
for _unit, _names in _UNITS.items():
    _put(_names, unit=_unit)
_put("يوم أسبوع شهر سنة عام", "one_unit")
_put("الأسبوع الأسابيع", unit="week")
_put("الشهر الأشهر الشهور", unit="month")
_put("السنة السنوات العام الأعوام", unit="year")
for _unit, _names in _DUALS.items():
    _put(" ".join(f"{name} ال{name}" for name in _names.split()), unit=_unit, amount=2)

_put(
    "الماضي الماضية الماضيين الماضيتين المنصرم المنصرمة المنصرمين الفارط الفارطة المنقضي المنقضية",
    "after_noun",
    side=-1,
)
_put("dernier dernière derniers dernières passé passée écoulé écoulée", "after_noun", side=-1)
_put("الأخيرة الأخير الأخيرين الأخيرتين", "after_noun recent", side=-1)
_put("last past آخر", "before_noun", side=-1)
_put("derniers dernières", "before_noun", side=-1)
_put("الجاري الجارية الحالي الحالية courant en_cours", "after_noun", side=0)
_put("this current هذا هذه ce cet cette", "before_noun", side=0)
_put("المقبل المقبلة القادم القادمة prochain prochaine prochains prochaines", "after_noun", side=1)
_put("next coming", "before_noun", side=1)

_put("أوائل مطلع بداية مستهل early début beginning start", part="early")
_put("منتصف أواسط mid mi middle milieu", part="mid")
_put("أواخر نهاية متم late fin end", part="late")

_put("ربيع الربيع spring printemps", months=(3, 5))
_put("صيف الصيف summer", months=(6, 8))
_put("été fall", "weak_season")
_put("été", months=(6, 8))
_put("خريف الخريف autumn automne", months=(9, 11))
_put("fall", months=(9, 11))
_put("شتاء الشتاء winter hiver", months=(0, 2))

_put("quarter trimestre الربع الفصل", pieces=4)
_put("half semestre النصف الأسدس الشطر", pieces=2)
_put("q", "glued_quarter", pieces=4)
_put("t", "glued_quarter", pieces=4)

_DECADES = {
    1950: "الخمسينات الخمسينيات", 1960: "الستينات الستينيات", 1970: "السبعينات السبعينيات",
    1980: "الثمانينات الثمانينيات", 1990: "التسعينات التسعينيات",
}  # fmt: skip
for _n, _names in _DECADES.items():
    _put(_names + " " + " ".join(name.removeprefix("ال") for name in _names.split()), decade=_n)
# With the article alone: "in his sixties" is an age.
for _n, _names in zip(_DECADES, "fifties sixties seventies eighties nineties".split(), strict=True):
    _put(f"the_{_names}", decade=_n)

# How a word ties the parts of a phrase together. "year_cue" makes a bare number a year and "month_cue" a bare name
# a month; "strong_cue" does so for the names that are ordinary words too.
_put(
    "in during throughout في وفي ففي خلال en durant courant طيلة طوال بتاريخ dans",
    "in year_cue month_cue strong_cue",
)
_put("au pendant on over le la les ces the à l", "in")
_put("since depuis dès منذ", "since year_cue month_cue strong_cue")
_put(
    "ابتداء_من ابتداءا_من انطلاقا_من بدءا_من بداية_من à_partir_de à_partir_du starting_from as_from",
    "since year_cue",
)
_put("before avant قبل", "before year_cue month_cue")
_put("after après بعد", "after year_cue month_cue")
_put("until till up_to حتى jusqu لغاية إلى_غاية", "until year_cue month_cue")
_put("by بحلول أفق horizon d_ici", "by")
_put("from من ومن", "from month_cue")
_put("du de des", "from")
_put("between entre بين وبين", "between")
_put("to until till through إلى حتى لغاية إلى_غاية إلى_حدود au à jusqu - – —", "to")
_put("and et و & or ou أو , ،", "and")
_put("- – — ‑ ‐", "dash")
_put("of de du d des من", "of month_cue")
_put("of for the de du des d pour l la year année an سنة عام السنة العام", "name_link")
_put("now الآن maintenant اليوم", "now")
_put("the le la les l يوم في شهر mois month au à en ال جمع", "filler")
_put("year année an سنة عام السنة العام", "year year_cue")
_put("year année السنة العام", "this_year")
_put("سنوات أعوام years années عامي سنتي", "year_cue years")
_put("month mois شهر شهري", "month_word month_cue strong_cue")
_put("يوم مساء صباح ليلة ظهر عشية", "day_word")
_put("about around nearly some environ نحو حوالي قرابة", "roughly")
_put("ago", "ago")
_put("il_y_a قبل", "ago_before")
_put("every each chaque كل صلاة black", "habit")
_put("الموافق الموافقة correspondant corresponding", "same_as")

_put("رقم عدد number no n nº numéro version v tél tel هاتف الهاتف", "numbered")
_put(
    "ميزانية موازنة مالية المالية الميزانية مونديال المونديال أجندة الأجندة رؤية خطة مخطط استراتيجية إكسبو أولمبياد"
    " دورة نسخة انتخابات الانتخابات موسم كأس_العالم كأس_إفريقيا كأس_أمم_إفريقيا كأس_الأمم budget mondial expo agenda"
    " دستور الدستور constitution vision plan strategy stratégie olympics olympic cop can afcon euro jo"
    " election elections élections élection saison season edition édition exercice world_cup"
    " coupe_du_monde coupe_d_afrique jeux_olympiques finance_law loi_de_finances finance_bill"
    " قانون_المالية برسم برسم_سنة",
    "name",
)  # fmt: skip
_put(
    "حركة ثورة هجمات أحداث اعتداءات تفجيرات شارع ساحة ملعب جامعة انتفاضة مظاهرات mouvement movement révolution"
    " revolution attentats attentat attaques attacks attack avenue rue boulevard street square",
    "named_day",
)  # fmt: skip
_put("حرب ثورة انقلاب انتفاضة war revolution uprising coup guerre révolution insurrection", "named_month")
_put(
    "درهم دراهم درهما دولار دولارا يورو أورو دينار ريال جنيه مليون مليار متر مترا كلم كيلومتر كيلوغرام طن طنا نقطة"
    " شخص شخصا حالة منصب منصبا قتيل جريح dirham dirhams dollar dollars euro euros dh mad usd eur million billion"
    " millions milliards people persons personnes cases cas meters metres mètres m km kg tonnes points posts postes"
    " times fois voix votes copies soldiers seats places % ٪ € $ £",
    "counted",
)  # fmt: skip
_put("times telegraph mail express post mirror", "paper")
_put("الذي التالي الأخير العالمي الوطني الدراسي الموالي نفسه ذاته الواحد السابق الختامي", "not_today_after")
_put("نفس طوال طيلة في فعاليات", "not_today_before")
_put("العرب المصري الدارالبيضاء العدالة", "outlet")


@lru_cache(maxsize=8192)
def sense(word: str) -> Sense:
    """What a folded word says, also under the Arabic prefixes و ف ب ل ك («وماي», «لسنة», «للشهر»)."""
    if word in LEXICON:
        return LEXICON[word]
    for prefix, stem in _stems(word):
        if stem in LEXICON:
            return LEXICON[stem]._replace(prefix=prefix)
    return NOTHING


@lru_cache(maxsize=8192)
def phrase_starts(word: str) -> tuple[tuple[tuple[str, ...], Sense], ...]:
    """The set phrases that may begin with this folded word, as their other words and their sense, longest first."""
    for prefix, stem in [("", word), *_stems(word)]:
        if stem in PHRASES:
            longest_first = sorted(PHRASES[stem].items(), key=lambda phrase: -len(phrase[0]))
            return tuple((words, sense._replace(prefix=prefix)) for words, sense in longest_first)
    return ()


def _stems(word: str) -> list[tuple[str, str]]:
    """The word without each run of prefixes it may carry; stems under three letters are too many other words."""
    found = []
    rest, prefix = word, ""
    for letters in ("وف", "بلك"):
        if len(rest) > 3 and rest[0] in letters:
            prefix, rest = prefix + rest[0], rest[1:]
            found.append((prefix, rest))
    if prefix.endswith("ل") and rest.startswith("ل"):
        found.append((prefix, "ا" + rest))
    return found
