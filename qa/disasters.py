"""Kinds of disaster in three languages: the dead of a fire aren't those of an earthquake."""

from functools import cache

from qa.evidence import article_terms
from vectorstore.records import Article
from vectorstore.text import terms

# One kind a row, in the forms that stemming doesn't bring together.
_ROWS = """
earthquake quake tremor seismic séisme tremblement sismique زلزال الزلزال هزة زلزالية
flood floods flooding inondation inondations crue crues فيضان فيضانات سيول
fire fires blaze wildfire incendie incendies feu حريق حرائق
crash collision collided derailment derailed carambolage déraillement collision اصطدام انقلاب
collapse collapsed effondrement effondré effondrée انهيار انهار انهارت
storm hurricane cyclone tornado tempête ouragan عاصفة إعصار
tsunami تسونامي
explosion blast bombing attentat انفجار تفجير
shooting gunman fusillade الرصاص
shipwreck capsized sank naufrage chaviré غرق غرقت
epidemic outbreak pandemic virus épidémie pandémie وباء جائحة فيروس
heatwave canicule
avalanche avalanches ثلجي ثلجية
landslide mudslide glissement انزلاق
"""

# What an accident happens to, and what else is called one.
_VEHICLES = """
train trains railway ferroviaire قطار القطار قطارات
bus coach minibus minibuses autobus autocar autocars أتوبيس الأتوبيس ميكروباص حافلة الحافلة حافلات
plane aircraft airliner helicopter avion hélicoptère طائرة الطائرة مروحية
ferry boat ship vessel bateau navire embarcation عبارة العبارة قارب سفينة مركب
lorry truck camion شاحنة
"""
_ACCIDENTS = """
accident accidents crash collision collided overturned derailed capsized sank déraillé ravin حادث حوادث اصطدام انقلاب
"""


@cache
def _sets(rows: str) -> tuple[frozenset[str], ...]:
    """The index terms of each row."""
    return tuple(frozenset(terms(row)) for row in rows.strip().splitlines())


def kinds_in(text: str) -> list[frozenset[str]]:
    """The kinds of disaster that ``text`` names, each in all its index terms."""
    said = frozenset(terms(text))
    return [kind for kind in _sets(_ROWS) if kind & said]


def kinds_asked(question: str) -> list[frozenset[str]]:
    """What an article that answers must speak of: the kinds of disaster asked about, and what an accident befell."""
    said = frozenset(terms(question))
    (accident,), vehicles = _sets(_ACCIDENTS), _sets(_VEHICLES)
    befallen = [row for row in vehicles if row & said] if accident & said else []
    kinds = [kind for kind in kinds_in(question) if not befallen or not kind & accident]
    return [*kinds, *befallen] or ([accident.union(*vehicles)] if accident & said else [])


def tells_of_kinds(article: Article, kinds: list[frozenset[str]]) -> bool:
    """Whether the article speaks of each of ``kinds``, in any language."""
    return all(kind & article_terms(article) for kind in kinds)
