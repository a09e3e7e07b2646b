"""Which words of a sentence are names, so that they can be looked for: changes when names are told by other signs."""

import re
from collections.abc import Sequence

from qa.exonyms import is_arabic_place
from qa.quantities import is_number
from vectorstore.names import question_names
from vectorstore.naming import PARTICLES, SURNAMES
from vectorstore.stemming import without_clitics
from vectorstore.text import fold, is_rtl, terms, words

_ARABIC = re.compile("[\u0621-\u06d3]")

# What is capitalised in English and French without being a name that sounds alike in another language.
_INSTITUTIONS = frozenset(
    terms(
        """
    directorate direction national nationale royal royale institute institut ministry ministère minister council
    conseil agency agence assembly assemblée bank banque cup coupe world monde mondial league ligue union united
    unies unis nations nation states état états kingdom royaume international internationale federation
    fédération court cour house chambre parliament parlement university université airport aéroport stadium
    stade company société group groupe party parti committee comité commission organization organisation
    authority autorité office bureau department département centre center service services intelligence
    surveillance territory territoire territorial sûreté forces armed armées army force defence defense défense
    interior intérieur affairs affaires foreign étrangères justice finance finances health santé education
    économie economy trade commerce fund fonds monetary monétaire development développement treaty traité
    agreement accord summit sommet forum conference conférence north south east west nord sud est ouest northern
    southern eastern western middle moyen orient state grand grande great high haut haute supreme suprême
    constitutional holy olympic olympique games jeux championship championnat final finale province region
    région prefecture préfecture wilaya city ville street avenue boulevard mosque mosquée church église palace
    palais prison hospital hôpital school école academy académie museum musée festival article report rapport
    according selon friday islamic islamique christian muslim muslims gendarmerie arab arabe arabs however
    moreover meanwhile although despite furthermore island islands river lake mountain valley bridge railway
    highway network freedom customs prosecutor treasury chancellor tribunal uprising brotherhood earth
    observatory board channel senate empire act programme program project scheme society club era commons reform
    reforms constitution embassy consulate ambassade consulat sénat conseiller empire réforme réformes projet
    electric light war guerre republic république democratic people populaire independence first
    second third
    """
    )
)
# What news sentences open with, so that their capital doesn't make them names.
_OPENERS = frozenset(
    fold(
        """
    growth transport trade wheat bread milk sugar fish price prices work workers dockers firefighters residents
    villagers rescue rescuers teams storm storms fire fires flood floods bridge road roads station stations mayor
    mayors management officials women men people children imports exports inflation unemployment rain rains snow
    students teachers doctors nurses farmers fishermen shepherds players fans tickets entry traffic trains flights
    buses lorries trucks schools hospitals shops banks voters turnout sales profits output oil gas gold water power
    tourism tourists visitors investors lawyers judges soldiers troops migrants refugees victims witnesses survivors
    authorities talks ties relations tensions funding spending taxes debt rates unions strikes protesters protests
    croissance transports commerce blé pain lait sucre poisson prix travaux travailleurs ouvriers pompiers habitants
    secours équipes tempête incendie incendies inondations pont route routes gare gares maire direction femmes hommes
    enfants importations exportations chômage pluie pluies neige étudiants enseignants médecins infirmiers
    agriculteurs pêcheurs joueurs supporteurs billets entrée trafic trains vols écoles hôpitaux magasins banques
    électeurs ventes
    bénéfices pétrole gaz eau tourisme touristes visiteurs investisseurs avocats juges soldats migrants réfugiés
    victimes témoins syndicats grèves manifestants selon plusieurs certains environ quelque près malgré grâce
    """
    ).split()
)
_COMMON_ENDING = re.compile(
    r"(?<=..)(?:ing|hood|ship|is[tm]s?|ic|ics|ical|i?als?|ity|ities|ments?|ness|[ae]nces?|[ts]ions?|[ts]ors?|"
    r"[ao]r(?:y|ies)|ly|ure|ive|ous|eu(?:r|se)s?|aires?|elles?|i(?:st|sm|qu)es?|aux|ées?)\Z"
)
# Endings that hardly any name of a person has.
_ABSTRACT = re.compile(r"(?<=...)(?:is[tm]s?|ians|icans|hood|ship|ness|[ts]ions?|iques?|ismes?)\Z")
# Given names that aren't words of the language as well, as «سالم» and «كمال» are.
_SURE_NAMES = frozenset(
    fold(
        "محمد أحمد حسين عمر عثمان يوسف إبراهيم إسماعيل موسى عيسى مصطفى إدريس زكرياء ياسين نوال فاطمة خديجة "
        "عائشة مريم ليلى سعاد زينب هشام نزار طارق أيوب داود سليمان إلياس ياسر بلال حمزة رشيد فيصل شكيب مولاي "
        "عبدالله عبداللطيف عبدالرحمن عبدالعزيز عبدالكريم عبدالفتاح عبدالمجيد عبدالقادر عبدالوافي"
    ).split()
)
LATIN_PARTICLES = frozenset("al el bin ben ibn ould abu abou de del la le van von".split())


def names_told(text: str) -> list[str]:
    """The words of ``text`` that can be told to be names of people, places or bodies, as written.

    In Latin script by their capitals; in Arabic script only next to a given name, or as known places.
    """
    return _capitalised(text) + _arabic_names(text)


def is_translated(name: str) -> bool:
    """Whether a capitalised word is a common one, so that another language has another word for it."""
    return any(ends.search(name.lower()) for ends in (_COMMON_ENDING, _ABSTRACT)) or _INSTITUTIONS.issuperset(
        terms(name)
    )


def means_something(name: Sequence[str]) -> bool:
    """Whether the words of a name surely have a meaning and are nobody's: "Assembly", "Cultural Imperialism"."""
    last = name[-1]
    sure = _INSTITUTIONS.issuperset(terms(last)) or bool(_ABSTRACT.search(last.lower()))
    return sure and all(is_translated(each) for each in name)


def _capitalised(text: str) -> list[str]:
    if not any(char.isupper() for char in text):
        return []
    found = []
    opening = _first_word(text)
    for run in question_names(text):
        parts = [run[span.start : span.end] for span in words(run)]
        if parts[0] == opening and (is_number(opening) or (len(parts) == 1 and _is_common(opening))):
            parts = parts[1:]
        found += [
            part
            for part in parts
            if part[0].isupper() and len(part) > 1 and fold(part) not in LATIN_PARTICLES
        ]
    return found


def _is_common(opening: str) -> bool:
    return fold(opening) in _OPENERS or bool(_COMMON_ENDING.search(opening))


def _first_word(text: str) -> str:
    first = words(text)[:1]
    return text[first[0].start : first[0].end] if first else ""


def _arabic_names(text: str) -> list[str]:
    """Known places, and given names with what goes on as a name does: «عبد الوافي لفتيت»."""
    if not _ARABIC.search(text):
        return []
    parts = [text[span.start : span.end] for span in words(text)]
    candidates = {word for run in question_names(text) for word in run.split()}
    found = [part for part in parts if is_rtl(part) and is_arabic_place(part)]
    reach = 0
    for part in parts:
        given = is_rtl(part) and without_clitics(fold(part)) in _SURE_NAMES | PARTICLES
        reach = SURNAMES if given else reach - 1
        if given or (reach >= 0 and part in candidates):
            found += [part] if without_clitics(fold(part)) not in PARTICLES else []
        else:
            reach = 0
    return found
