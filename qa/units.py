"""The unit that a number counts in, in three languages: changes when another unit should be known."""

import re
from functools import cache

from vectorstore.records import Span
from vectorstore.text import fold, terms, words

# One unit a row; what is inflected regularly stands once.
_ROWS = """
year an année سنة سنوات عام أعوام
month mois شهر أشهر شهور
week semaine أسبوع أسابيع
day jour journée يوم أيام
hour heure ساعة ساعات
minute دقيقة دقائق
second seconde ثانية ثوان ثواني
millimetre millimeter millimètre mm مليمتر ميليمتر مليمترات ملم
centimetre centimeter centimètre cm سنتيمتر سنتمتر سنتيمترات سم
kilometre kilometer kilomètre km كيلومتر كيلومترات كلم
metre meter mètre متر أمتار
mile ميل أميال
foot feet pied قدم أقدام
hectare هكتار هكتارات
tonne ton طن أطنان
gram gramme غرام غرامات
kilogram kilogramme kilo kg كيلوغرام كيلوغرامات كلغ
litre liter لتر لترات
barrel baril برميل براميل
degree degré درجة درجات
megawatt ميغاواط ميغاوات
dirham درهم دراهم
dollar دولار دولارات
euro أورو يورو
dinar دينار دنانير
riyal ريال ريالات
pound جنيه جنيهات
rupee roupie روبية روبيات
shilling شلن شلنا
franc فرنك فرنكات
naira نايرا
lira ليرة ليرات
yuan يوان
yen ين
rouble ruble روبل
krone krona kronor couronne كرونة
peso بيزو
rand راند
point نقطة نقاط
person people personne شخص أشخاص
"""
_PERCENT = tuple(
    map(fold, ("%", "٪", "per cent", "percent", "pour cent", "في المائة", "بالمائة", "في المئة", "بالمئة"))
)
_SQUARE = frozenset(terms("square carré carrés carrée مربع مربعة مربعا"))
_FURTHER = re.compile(r"(?: (?:and|or|to|et|ou|à) |[-–]| (?:و|أو|إلى) ?)\d{1,9}(?:[.,]\d{1,3})?(?=[ -])")
_PASSED_OVER = frozenset(("de", "d", "of", "new", "من"))


@cache
def _units() -> dict[str, str]:
    rows = [row.split() for row in _ROWS.strip().splitlines()]
    return {fold(word): row[0] for row in rows for word in row}


def unit_after(text: str, end: int) -> str:
    """The name of the unit that follows the number ending at ``end``; empty where none is known."""
    # "Aged 14 and 16 years": both count years.
    further = _FURTHER.match(text, end)
    end = further.end() if further else end
    following = text[end : end + 40]
    folded = fold(following).lstrip()
    if folded.startswith(_PERCENT):
        return "%"
    found = [following[span.start : span.end] for span in words(following)]
    found = [word for word in found if fold(word) not in _PASSED_OVER][:2]
    known = [_unit(fold(word)) for word in found]
    square = bool(_SQUARE & {term for word in found for term in terms(word)})
    unit = next(filter(None, known), "") if square else next(iter(known), "")
    return f"square {unit}" if square and unit else unit


def is_unit(word: str) -> bool:
    """Whether ``word`` names a unit that is known."""
    return bool(_unit(fold(word)))


def _unit(word: str) -> str:
    return (
        _units().get(word)
        or _units().get(word.removesuffix("s"), "")
        or _units().get(word.removesuffix("ا"), "")
    )


def with_unit(text: str, span: Span) -> str:
    """The number at ``span`` with the word after it, as written."""
    after = words(text[span.end : span.end + 40])
    return text[span.start : span.end + after[0].end] if after else text[span.start : span.end]
