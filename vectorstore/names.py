"""Whose name a question has, and whether two names can be one person's: changes with how people are called."""

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from vectorstore.folding import fold
from vectorstore.language import is_rtl
from vectorstore.likeness import LIKELY, likeness
from vectorstore.naming import is_given_name
from vectorstore.records import Span
from vectorstore.sounds import sound_keys, sounds_of
from vectorstore.splitting import words
from vectorstore.stemming import terms

__all__ = ["LIKELY", "likeness", "question_names", "same_person", "sound_keys"]

_COMMON_WORDS = (
    # what news is asked about, in three languages; terms() takes care of inflection
    "meet met meeting visit travel trip go went come came say said tell told speak talk talks discuss announce "
    "happen give list show find name names describe explain summarize summarise summary compare report reports "
    "news article articles latest recent first last new old many much people person someone anyone everyone "
    "receive received host welcome appoint named elect win won lose lost kill killed die died arrest sign signed "
    "agree agreement deal win attend join leave left arrive lead leader become became begin began start end ended "
    "take took make made see saw know known work call called role position job career family wife husband son "
    "president minister prime king queen prince princess chief head director general secretary ambassador mayor "
    "judge governor officer official officials spokesman spokesperson commander colonel doctor dr mr mrs ms sir "
    "during after before since until over against again today yesterday tomorrow day week month year years date "
    "time january february march april may june july august september october november december monday tuesday "
    "wednesday thursday friday saturday sunday spring summer autumn winter please country countries city place "
    "security police army government cooperation partnership statement press conference event foreign abroad "
    "other others another some any all each every both only more most less least very just now ever never yet "
    "isn wasn aren weren didn doesn don hasn haven hadn couldn wouldn shouldn ignore ceo cfo pdg true "
    "still two three four five six seven eight nine ten "
    "prize award "
    "besides apart except following despite among amongst within under above upon beyond beneath towards toward "
    "throughout concerning regarding like unlike because although though given considering alongside aside amid "
    "behind near beside ahead thanks due together whether while once next later currently finally eventually "
    "however meanwhile otherwise rather instead via "
    "rencontrer rencontre rencontré rencontrés visiter visite visité voyage aller allé venu dire dit parler "
    "parlé annoncer annoncé passé passer donne donner lister liste montre trouver nom noms décrire décris "
    "expliquer explique résumer résume résumé comparer rapport actualité nouvelle nouvelles dernier dernière "
    "derniers récent récents premier première nouveau personne personnes gens quelqu reçu recevoir accueilli "
    "nommé élu mort tué arrêté signé signer accord participé arrivé quitté fait faire président ministre roi "
    "reine prince chef directeur directrice général secrétaire ambassadeur maire juge responsable responsables "
    "porte parole colonel monsieur madame mme aujourd hier demain jour semaine mois année an ans date heure "
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre lundi mardi mercredi "
    "jeudi vendredi samedi dimanche pays ville lieu sécurité police gouvernement coopération déclaration "
    "ministère santé justice finances intérieur éducation transports agriculture énergie défense commerce "
    "conférence étranger autre autres tous toutes tout chaque plus moins très encore jamais déjà depuis pendant "
    "après avant contre deux trois quatre cinq réunion réunions entretien entretiens combien "
    "outre selon malgré parmi hormis lorsque sous suite concernant hors excepté alors ensuite puis enfin "
    "actuellement récemment finalement autour afin ainsi cependant tandis puisque quoique quiconque lequel laquelle "
    "التقى التقت يلتقي تلتقي التقاهم التقاه لقاء لقاءات لقاءاته اجتمع اجتمعت يجتمع اجتماع اجتماعات استقبل "
    "استقبلت يستقبل استقبله استقبلهم استقبال زار زارت يزور زيارة زيارات زياراته سافر ذهب وصل وصلت عاد قال قالت "
    "يقول صرح صرحت تصريح تصريحات أعلن أعلنت تحدث تحدثت ناقش ناقشت مباحثات محادثات حدث وقع جرى حصل تم وقعت "
    "اتفاق اتفاقية اتفاقيات توقيع أجرى أجرت عقد عقدت حضر شارك شاركت مشاركة ترأس عين تعيين انتخب فاز قتل توفي "
    "وفاة اعتقل اغتيل غادر أصبح بدأ بدأت انتهى كانت يعمل عمل اذكر أذكر اسم أسماء أعط أعطني قدم لخص ملخص "
    "اشرح صف عدد قائمة آخر أخر أحدث أخبار خبر مقال مقالات تقرير تقارير أول الأول الماضي الماضية الجاري الحالي "
    "المقبل القادم جديد شخص أشخاص شخصيات شخصية أحد مسؤول مسؤولين مسؤولون مسؤولي رئيس وزير وزراء الوزراء ملك "
    "الملك أمير أميرة مدير عام العام قائد سفير والي قاضي عقيد لواء جنرال دكتور الدكتور سيد السيد السيدة ناطق "
    "متحدث كاتب مفوض منصب دور سنة عام أعوام سنوات شهر أشهر يوم أيام أسبوع تاريخ اليوم أمس غدا صباح مساء ساعة "
    "يناير فبراير مارس أبريل ماي مايو يونيو يوليوز يوليو غشت أغسطس شتنبر سبتمبر أكتوبر نونبر نوفمبر دجنبر "
    "ديسمبر كانون شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين الثاني الاثنين الإثنين الثلاثاء الأربعاء "
    "الخميس الجمعة السبت الأحد دولة دول بلد بلدان مدينة مكان أمن أمني أمنية الأمن شرطة حكومة تعاون شراكة مؤتمر "
    "حول بشأن بخصوص ضمن أثناء برفقة طرف قبل لدى نظيره نظراء نظرائه أيضا فقط جميع كل بعض معظم أكثر أقل "
    "اثنين ثلاثة أربعة خمسة فعل فعلت ماهي ماهو ماذا قام قامت يقوم موضوع سبب هدف نتيجة نتائج علاقة العلاقات "
    "بلغ بلغت يبلغ تبلغ نسبة معدل قيمة حصة كمية سجل سجلت يسجل تسجل استأنف استأنفت دفع دفعت انهار انهارت ضرب ضربت "
    "حصيلة ضحايا زلزال فيضان حريق إضراب أزمة ملف قضية حادث حادثة مشروع برنامج خطة قرار قانون رسوم أسعار سعر "
    "مباراة فريق بطولة منتخب هدف أهداف مدرب لاعب بنك شركة مؤسسة جامعة مدرسة مستشفى جسر طريق ميناء مطار "
    "محكمة المحكمة محاكم استئناف الاستئناف نيابة النيابة صحيفة جريدة قناة وكالة وزارة "
    "متى وأين ومن وما وماذا وكيف عنه أحسن أفضل أكبر أصغر أعلى أدنى أسوأ أجمل أهم"
)
_LEADING = frozenset(
    "al el ben bin ibn ould abu abou abi bou ait van von ال بن ابن ولد بنت ابو ابي ام ال".split()
)
_INSIDE = _LEADING | frozenset("de la du da di do dos del der den le bint y".split())
_FIRST_NAMES_IN_W = frozenset("وليد وهبي وائل وايل وسيم وداد وفاء وجدي وحيد والي وهيب وزاني".split())
_JOINING = re.compile(r"[\s\-‐‑'’.\u200b-\u200f]{0,4}")
_LONGEST_HALF = 4  # letters of the second half of "Min-ho"
_ROMAN = re.compile(r"[IVX]{1,5}")


@cache
def _common() -> frozenset[str]:
    return frozenset(terms(_COMMON_WORDS))


@cache
def _common_words() -> frozenset[str]:
    return frozenset(fold(_COMMON_WORDS).split())


@cache
def _accented_words() -> frozenset[str]:
    return frozenset(_COMMON_WORDS.split())


@cache
def _small_words() -> frozenset[str]:
    return frozenset(files("vectorstore").joinpath("small_words.txt").read_text("utf-8").split())


def is_written_small(word: str) -> bool:
    """Whether a Latin word, small itself, is one that texts with capitals write small: no name without them.

    The list is made by ``tests/quality/small_words.py``.
    """
    return word[:1].islower() and fold(word) in _small_words()


def question_names(question: str) -> list[str]:
    """The names that ``question`` may ask about, as written, in order, without repetition.

    They are candidates, to be looked up in the collection's vocabulary: those with a match there are names.
    In Latin script the capitalised words that aren't common ones, or where there are none (``hammouchi
    meetings``) whatever isn't a common word; in Arabic script, which has no capitals, the latter. Words that
    stand together come as one name (``Abdellatif Hammouchi``, ``محمد بن زايد``).
    """
    spans = words(question)
    kinds = [_kind(question[span.start : span.end], opens=not at) for at, span in enumerate(spans)]
    for at in range(1, len(spans)):
        # "Min-ho": the second half of a name has a small letter.
        hyphen = question[spans[at - 1].end : spans[at].start] == "-"
        short = spans[at].end - spans[at].start <= _LONGEST_HALF
        if hyphen and short and kinds[at] == "small" and kinds[at - 1] == "capital":
            kinds[at] = "capital"
        # «السبتي» is a surname, though its stem is that of Saturday.
        if not kinds[at] and _is_surname(question, spans[at - 1], spans[at]):
            kinds[at] = "arabic"
    if "capital" in kinds and not question.isupper():
        kinds = ["" if kind == "small" else kind for kind in kinds]
    runs = _runs(question, spans, kinds)
    return list(dict.fromkeys(question[spans[run[0]].start : spans[run[-1]].end] for run in runs))


def _is_surname(question: str, before: Span, span: Span) -> bool:
    """Whether an Arabic word with its article, none of the common ones as it stands, follows a given name."""
    folded = fold(question[span.start : span.end])
    own = folded.startswith("ال") and not {folded, folded.removeprefix("ال")} & _common_words()
    return own and is_given_name(fold(question[before.start : before.end]))


def _kind(word: str, *, opens: bool) -> str:
    """``capital``, ``small`` or ``arabic`` for a possible name, ``particle`` for al, bin, de …, else empty."""
    folded = fold(word)
    if folded in _INSIDE:
        return "particle"
    # Without its accent a name may be a common word, or have the stem of one: "Saïd" and "said", "Ténès" and "ten".
    accented = (
        not opens and word[0].isupper() and not word.isascii() and not is_rtl(word) and bool(terms(word))
    )
    lower = word.casefold()
    own = accented and not {lower, lower.removesuffix("s")} & _accented_words()
    common = not own and all(term in _common() for term in terms(word))
    if len(folded) < 2 or word[0].isdigit() or common:
        return "capital" if _ROMAN.fullmatch(word) and word != "I" else ""
    if is_rtl(word):
        return "arabic"
    return "capital" if word[0].isupper() else "small"


def _runs(text: str, spans: list[Span], kinds: list[str]) -> list[list[int]]:
    """The places of words that make up one name each."""
    runs: list[list[int]] = [[]]
    for index, kind in enumerate(kinds):
        if runs[-1] and not _continues(text, spans, kinds, index):
            runs.append([])
        if kind:
            runs[-1].append(index)
        elif runs[-1]:
            runs.append([])
    trimmed = (_without_loose_particles(text, spans, kinds, run) for run in runs)
    return [run for run in trimmed if run]


def _continues(text: str, spans: list[Span], kinds: list[str], index: int) -> bool:
    """Whether the word at ``index`` goes on with the name of the word before it."""
    before, span = spans[index - 1], spans[index]
    if not _JOINING.fullmatch(text, before.end, span.start):
        return False
    if {kinds[index - 1], kinds[index]} & {"particle", ""}:
        return True
    word = fold(text[span.start : span.end])
    conjoined = word[0] == "و" and len(word) > 3 and word not in _FIRST_NAMES_IN_W
    return kinds[index - 1] == kinds[index] and not conjoined


def _without_loose_particles(text: str, spans: list[Span], kinds: list[str], run: list[int]) -> list[int]:
    """A name ends with a name, and begins with one or with a particle such as al or ben, not de or la."""
    names = [place for place, index in enumerate(run) if kinds[index] != "particle"]
    if not names:
        return []
    first = names[0]
    while first > 0 and fold(text[spans[run[first - 1]].start : spans[run[first - 1]].end]) in _LEADING:
        first -= 1
    return run[first : names[-1] + 1]


_SERVANT = re.compile(r"abd[aeiou]?l?|abdoul|عبد")
_FILIAL = re.compile("^(?:ben|بن)(?=....)")
"""Benmiloudi may be written «بن ميلودي», whose بن doesn't count."""

_FATHER = frozenset("abu abou abi bou ابو ابي بو".split())
_DROPPED = _INSIDE - _FATHER
_TITLES = frozenset(
    "dr mr mrs ms mme m sheikh cheikh king roi prince president président moulay sidi "
    "الدكتور السيد السيده اللواء الشيخ الملك الرييس الامير الوزير مولاي سيدي".split()
)
_ORDINALS = {
    word: number
    for number, several in enumerate(
        "ii الثاني|iii الثالث|iv الرابع|v الخامس|vi السادس|vii السابع|viii الثامن|ix التاسع|x العاشر".split(
            "|"
        ),
        2,
    )
    for word in several.split()
}


def same_person(asked: Sequence[str], found: Sequence[str]) -> bool:
    """Whether the words of two names, in any scripts, can be one person's.

    Each word of the shorter name has its like in the longer one, in the same order: ``Abdellatif Hammouchi`` is
    «عبد اللطيف حموشي», not «محمد حموشي». A single word of ``found`` must be the surname asked for; a single word
    that is asked for may be any part. Titles, ``bin``, ``al`` and the like don't count.
    """
    one, other = _parts(asked), _parts(found)
    if not one or not other:
        return False
    if len(other) == 1 and len(one) > 1:
        return _one_name(one[-1], other[0])
    shorter, longer = (one, other) if len(one) <= len(other) else (other, one)
    rest = iter(longer)
    return all(any(_one_name(part, candidate) for candidate in rest) for part in shorter)


def _parts(name: Sequence[str]) -> list[str]:
    """The words that tell people apart; «عبد اللطيف» and «أبو بكر» as one."""
    pieces = [text[span.start : span.end] for text in name for span in words(text)]
    parts: list[str] = []
    pending = ""
    for piece in pieces:
        folded = fold(piece)
        if _SERVANT.fullmatch(folded) or folded in _FATHER:
            pending = "abdel" if folded.startswith("abd") else folded
        elif pending or not (folded in _DROPPED or (folded in _TITLES and not parts)):
            bare = folded in ("al", "el", "ul", "ال")
            parts += [] if bare else [pending + folded]
            pending = pending if bare else ""
    return parts


def _one_name(one: str, other: str) -> bool:
    if one in _ORDINALS or other in _ORDINALS:
        return _ORDINALS.get(one) == _ORDINALS.get(other)
    if min(len(one), len(other)) == 1:
        return _begin_alike(one, other)
    return likeness(one, other) >= LIKELY or likeness(_FILIAL.sub("", one), _FILIAL.sub("", other)) >= LIKELY


def _begin_alike(one: str, other: str) -> bool:
    first, second = sounds_of(one)[:1], sounds_of(other)[:1]
    return bool(first and second and first[0].likely & second[0].likely)
