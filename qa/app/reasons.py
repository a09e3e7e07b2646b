"""Why a line of a page was left out, in the page's language: ``ingest`` tells it in a word or two of English."""

_FRENCH = {
    "advert": "publicité",
    "after the article": "après l’article",
    "aside": "encadré",
    "author box": "notice sur l’auteur",
    "before the article": "avant l’article",
    "byline": "signature",
    "caption": "légende",
    "comments": "commentaires",
    "cookies": "cookies",
    "counts": "compteurs",
    "date": "date",
    "footer": "pied de page",
    "form": "formulaire",
    "headline again": "titre répété",
    "menu": "menu",
    "newsletter": "lettre d’information",
    "paywall": "abonnement",
    "place or name": "lieu ou nom",
    "recurs in this source": "revient chez ce média",
    "related": "autres articles",
    "repeated": "répété",
    "share": "partage",
    "tags": "mots-clés",
    "teaser": "autre article",
    "update time": "heure de mise à jour",
}
_ARABIC = {
    "advert": "إعلان",
    "after the article": "بعد المقال",
    "aside": "إطار جانبي",
    "author box": "نبذة عن الكاتب",
    "before the article": "قبل المقال",
    "byline": "سطر الكاتب",
    "caption": "تعليق صورة",
    "comments": "تعليقات",
    "cookies": "ملفات تعريف الارتباط",
    "counts": "عدّادات",
    "date": "تاريخ",
    "footer": "تذييل الصفحة",
    "form": "استمارة",
    "headline again": "تكرار العنوان",
    "menu": "قائمة",
    "newsletter": "نشرة بريدية",
    "paywall": "اشتراك",
    "place or name": "مكان أو اسم",
    "recurs in this source": "يتكرر لدى هذا الناشر",
    "related": "مقالات أخرى",
    "repeated": "مكرر",
    "share": "مشاركة",
    "tags": "وسوم",
    "teaser": "مقال آخر",
    "update time": "وقت التحديث",
}
TOLD = {"fr": _FRENCH, "ar": _ARABIC}


def reason(why: str, language: str) -> str:
    """``why`` in ``language``; as it is in English and where it isn't known here."""
    return TOLD.get(language, {}).get(why, why)
