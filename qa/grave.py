"""What must not be said of anyone without its standing in the source: changes when another such thing should be
looked up word for word, in what a model claims and in what a question takes for granted.

Likeness of meaning doesn't tell "met" from "arrested"; these words are compared as names are.
"""

from functools import cache, lru_cache

from vectorstore.text import terms

# One matter a row, in the forms that stemming doesn't bring together; « décès » has the stem of "decision".
_ROWS = """
arrest arrested detain detained detention arrêté arrêtée arrestation \
interpellé interpellation détenu اعتقل اعتقال اعتقلت توقيف أوقف أوقفت موقوف موقوفين احتجاز
die died dead death deaths kill killed killing mort morts mortes décédé \
tué tués tuée tuées tuant tuer توفي وفاة قتل قتيل قتلى وفيات مصرع مقتل مات أودى أودت
injured injury wounded wounding blessé blessés blessure جرح جريح جرحى إصابة مصاب أصيب
resign resigned resignation stepped démission démissionné استقال استقالة
dismiss dismissed sacked limogé limogeage destitué révoqué أقال أقيل أقيلت إقالة عزل إعفاء أعفى أعفي
convict convicted sentenced jailed imprisoned prison guilty condamné \
condamnée condamnation emprisonné إدانة أدين أدان سجن السجن
accuse accused accusation indicted accusé accusation inculpé اتهم اتهام تهمة متهم
acquit acquitted acquittal acquitté acquittée acquittement تبرئة براءة برأت برئ برئت
suspend suspended suspension suspendu
murder murdered assassinated assassination assassiné assassinat meurtre اغتيل اغتيال
rape raped assault assaulted viol violé agression اغتصاب اعتداء
fraud corruption bribe bribery embezzlement fraude corrompu détournement فساد رشوة رشاوى اختلاس احتيال
bankrupt bankruptcy insolvency insolvent faillite إفلاس أفلس
fled escaped fugitive fuite évadé fugitif فر هرب هروب فرار
attack attacked bombing bombed attaque attaqué attentat bombardement هجوم هاجم قصف تفجير
"""


@cache
def _rows() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(terms(row)) for row in _ROWS.strip().splitlines())


def _row_of(word: str) -> frozenset[str]:
    return next(row for row in _rows() if row.issuperset(terms(word)))


@cache
def _killed() -> frozenset[str]:
    return frozenset(terms("killed killing tué tués tuée tuées tuer قتل قتيل قتلى مقتل"))


@cache
def _convicted_and_acquitted() -> tuple[frozenset[str], frozenset[str]]:
    # "Relaxée" in a French court; in English rules are relaxed.
    return _row_of("convict"), _row_of("acquit") | {"relax"}


def matters_of(claim: frozenset[str]) -> list[frozenset[str]]:
    """The matters that ``claim`` (index terms) speaks of, each in all its forms."""
    return [row for row in _rows() if claim & row]


def unfounded(claim: frozenset[str], cited: frozenset[str]) -> frozenset[str]:
    """The index terms of ``claim`` that tell such a thing of which ``cited`` doesn't speak in any language."""
    return frozenset[str]().union(*(claim & row for row in matters_of(claim) if not cited & row))


def speaks_of(told: frozenset[str], question: str, whether: bool = False) -> bool:
    """Whether a text with the index terms ``told`` tells, in any language, of such a thing that ``question`` asks
    about; true if of none.

    An acquittal answers a question about a conviction; where it is asked ``whether``, also the other way round. Who
    is asked about as murdered may be told to have been killed.
    """
    asked = _terms_of(question)
    if told & _killed():
        told |= _row_of("murdered")
    convicted, acquitted = _convicted_and_acquitted()
    if told & acquitted:
        told |= convicted | acquitted
    elif whether and told & convicted:
        told |= acquitted
    return not matters_of(asked) or not unfounded(asked, told)


def is_grave(question: str) -> bool:
    """Whether ``question`` asks about such a thing."""
    return bool(matters_of(_terms_of(question)))


@lru_cache(maxsize=64)
def _terms_of(text: str) -> frozenset[str]:
    # One question is held against many sentences.
    return frozenset(terms(text))
