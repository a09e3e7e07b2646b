"""Words that can't both be true of one thing, in three languages: changes when another such pair should be known.

Likeness of meaning holds "rose" and "fell" for almost the same.
"""

from functools import cache

from vectorstore.text import terms

# One matter a paragraph, one side a line.
_MATTERS = """
rise rose risen increase increased grow grew grown climb climbed raise raised higher jumped surged augmenter \
augmenté augmentation hausse relevé relever progressé grimpé ارتفع ارتفاع زاد زيادة ازداد رفع صعد نما
fall fell fallen drop dropped decrease decreased decline declined cut lowered lower less fewer shrink shrank baisser \
baisse baissé diminué diminution recul reculé chuté chute abaissé abaisser réduit moins انخفض انخفاض تراجع هبط هبوط \
نقص خفض تقلص أقل
unchanged inchangé inchangée inchangés

open opened opening reopen ouvrir ouvert ouverte ouverts rouvrir rouvert افتتح فتح مفتوح
close closed closing closure shut fermer fermé fermée fermés fermeture أغلق إغلاق مغلق أقفل

win won victory gagner gagné remporter remporté victoire فاز فوز انتصر
lose lost defeat perdre perdu défaite خسر خسارة انهزم

accept accepted approve approved approval accepter accepté approuver approuvé وافق موافقة صادق
reject rejected rejection refuse refused refusal rejeter rejeté refuser refusé refus رفض

admit admitted acknowledge acknowledged concede conceded confess confessed avouer avoué admettre admet reconnaître \
reconnaît reconnu اعترف يعترف اعتراف أقر يقر إقرار
deny denied denial refute refuted nier nié nient démentir démenti démentent réfuter réfuté نفى نفت ينفي تنفي نفي \
أنكر ينكر إنكار

begin began begun start started commencer commencé débuter débuté بدأ انطلق
end ended finish finished terminer terminé achevé انتهى اختتم

import imported imports importer importé واردات استورد استيراد
export exported exports exporter exporté صادرات صدر تصدير

support supported back backed soutenir soutenu soutien appuyer appuyé دعم أيد
oppose opposed opposition s'opposer opposé عارض معارضة

attend attended present assister assisté présent حضر شارك
absent absence غاب غياب تغيب

women woman female femme femmes féminin féminine نساء نسوي نسائي سيدات
men male homme hommes masculin رجال رجالي

north northern nord شمال شمالي شمالية
south southern sud جنوب جنوبي جنوبية
east eastern est شرق شرقي شرقية
west western ouest غرب غربي غربية
"""


@cache
def _matters() -> tuple[tuple[frozenset[str], ...], ...]:
    paragraphs = _MATTERS.strip().split("\n\n")
    return tuple(tuple(frozenset(terms(side)) for side in each.splitlines()) for each in paragraphs)


def opposed(claim: frozenset[str], cited: frozenset[str]) -> frozenset[str]:
    """The index terms of ``claim`` of whose opposite alone ``cited`` speaks."""
    found: frozenset[str] = frozenset()
    for sides in _matters():
        said = [side for side in sides if side & claim]
        told = [side for side in sides if side & cited]
        if said and told and not any(side in told for side in said):
            found |= claim & said[0]
    return found
