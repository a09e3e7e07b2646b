"""Dates told in words, in three languages: what is one, what is not, and which days it means."""

import time
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from vectorstore.errors import BadDate
from vectorstore.records import Days
from vectorstore.times import TimeMention, Window, find_times, parse_days, question_window

PUBLISHED = date(2024, 10, 3)  # a Thursday
ARTICLES = Path(__file__).parents[1].parent / "shared" / "articles"


def days(told: str) -> Days | None:
    """``2024-05``, ``2024-09-23..2024-09-26``, or ``?`` for a time that can't be placed."""
    if told == "?":
        return None
    first, _, last = told.partition("..")
    start = date.min if first == "min" else parse_days(first).first
    return Days(start, parse_days(last or first).last)


def unmark(marked: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without its ⟦ ⟧ and the places that they mark."""
    text, spans, start = "", [], 0
    for character in marked:
        if character == "⟦":
            start = len(text)
        elif character == "⟧":
            spans.append((start, len(text)))
        else:
            text += character
    return text, spans


# The marked times, and the days of each, as told in an article of Thursday, 3 October 2024.
TOLD = [
    # Arabic, Maghrebi
    ("خلال الفترة الممتدة ⟦من 23 إلى غاية 26 شتنبر الجاري⟧، اتساع", "2024-09-23..2024-09-26"),
    ("شرع ⟦منذ أبريل الماضي⟧ في جولة", "2024-04-01..2024-10-03"),
    ("أجرى حموشي ⟦منتصف ماي الماضي⟧ مباحثات", "2024-05-11..2024-05-20"),
    ("بدأ التنسيق، ⟦منتصف فبراير 2022⟧، أي قبل بداية المنافسات بثمانية أشهر", "2022-02-11..2022-02-20"),
    ("بتاريخ ⟦10 يونيو 2022⟧، وتجسيدا", "2022-06-10"),
    ("خديجتو عدي⟦3 أكتوبر 2024⟧\nدبلوماسية", "2024-10-03"),
    ("في ⟦شهر ماي من السنة الماضية⟧، سفيرا", "2023-05"),
    ("⟦شهر يونيو الماضي⟧، لقاءات", "2024-06"),
    ("انعقد في ⟦غشت⟧ بالرباط", "2024-08"),
    ("يوم ⟦5 يوليوز⟧ بفاس", "2024-07-05"),
    ("افتتح في ⟦نونبر⟧ الملتقى", "2024-11"),
    ("في ⟦28 دجنبر⟧ بمراكش", "2023-12-28"),
    ("احتفال ⟦فاتح ماي⟧ بالدار البيضاء", "2024-05-01"),
    ("⟦أوائل شتنبر المنصرم⟧", "2024-09-01..2024-09-10"),
    ("⟦أواخر يوليوز المنصرم⟧", "2024-07-21..2024-07-31"),
    ("⟦متم شهر غشت الفارط⟧", "2024-08-21..2024-08-31"),
    ("⟦26 من الشهر الماضي⟧ بالرباط", "2024-09-26"),
    ("⟦يومه الخميس⟧ بالرباط", "2024-10-03"),
    ("⟦ابتداء من فاتح شتنبر الجاري⟧", "2024-09-01..2024-10-03"),
    ("يومي ⟦10⟧ و⟦11 يونيو⟧ بسلا", "2024-06-10", "2024-06-11"),
    ("⟦بين أبريل وماي 2024⟧", "2024-04..2024-05"),
    ("في ⟦أبريل⟧ و⟦ماي 2023⟧ بالرباط", "2023-04", "2023-05"),
    # Arabic, Levantine, Egyptian, Gulf and Algerian
    ("في ⟦21 نوفمبر/ تشرين الثاني من العام الماضي⟧، خلال", "2023-11-21"),
    ("في ⟦11 مارس/ آذار الماضي⟧ بالرباط", "2024-03-11"),
    ("في ⟦25 مايو/ أيار الماضي⟧، إلى الرباط", "2024-05-25"),
    ("⟦الثلاثاء 26 كانون الأول / ديسمبر 2017⟧", "2017-12-26"),
    ("GMT 14:23 ⟦2017 الثلاثاء ,26 كانون الأول / ديسمبر⟧\n\nخبر", "2017-12-26"),
    ("⟦15 كانون الثاني 2023⟧ في بيروت", "2023-01-15"),
    ("⟦25 سبتمبر/أيلول 2024⟧ في الدوحة", "2024-09-25"),
    ("في ⟦يوليو (تموز) 2023⟧ بالقاهرة", "2023-07"),
    ("⟦8 أغسطس⟧ بالقاهرة", "2024-08-08"),
    ("⟦12 جانفي 2024⟧ بالجزائر", "2024-01-12"),
    ("⟦20 أوت⟧ و⟦3 فيفري 2023⟧", "2023-08-20", "2023-02-03"),
    ("⟦4 حزيران 2021⟧ و⟦9 شباط 2020⟧", "2021-06-04", "2020-02-09"),
    # digits, harakat, tatweel, presentation forms, bidi marks
    ("في ⟦١٠ يونيو ٢٠٢٢⟧ بالرباط", "2022-06-10"),
    ("في ⟦۱۰ یونیو ۲۰۲۲⟧ بالرباط", "2022-06-10"),
    ("في ⟦10 يُونْيو 2022⟧ بالرباط", "2022-06-10"),
    ("في ⟦10 يونيـــو 2022⟧ بالرباط", "2022-06-10"),
    ("في ⟦10 \u200fيونيو\u200e 2022⟧ بالرباط", "2022-06-10"),
    ("في ⟦10 ﻳﻮﻧﻴﻮ 2022⟧ بالرباط", "2022-06-10"),
    ("في ⟦٢٠٢٤/٠٩/٢٦⟧ بالرباط", "2024-09-26"),
    ("⟦26/09/2024⟧ م", "2024-09-26"),
    # Arabic, relative
    ("استقبله، ⟦أمس الثلاثاء⟧، بالرباط", "2024-10-01"),
    ("حل بالمغرب، ⟦اليوم الخميس⟧، المدير العام", "2024-10-03"),
    ("وصل ⟦أمس⟧ إلى الرباط", "2024-10-02"),
    ("وصل ⟦أول أمس⟧ إلى الرباط", "2024-10-01"),
    ("صباح ⟦اليوم⟧ بالرباط", "2024-10-03"),
    ("يسافر ⟦غدا⟧ إلى الدوحة", "2024-10-04"),
    ("اجتمعوا ⟦الثلاثاء الماضي⟧", "2024-10-01"),
    ("اجتمعوا ⟦الخميس الماضي⟧", "2024-09-26"),
    ("يجتمعون ⟦الثلاثاء المقبل⟧", "2024-10-08"),
    ("مساء ⟦الاثنين⟧ بالرباط", "2024-09-30"),
    ("⟦الثلاثاء من الأسبوع الماضي⟧", "2024-09-24"),
    ("⟦الأسبوع الماضي⟧ بالرباط", "2024-09-23..2024-09-29"),
    ("⟦نهاية الأسبوع الماضي⟧ بالرباط", "2024-09-28..2024-09-29"),
    ("خلال ⟦الشهر الجاري⟧", "2024-10"),
    ("خلال ⟦الشهر المنصرم⟧", "2024-09"),
    ("في ⟦العام الماضي⟧ و⟦السنة المقبلة⟧", "2023", "2025"),
    ("⟦هذا العام⟧ و⟦هذه السنة⟧ و⟦هذا الشهر⟧", "2024", "2024", "2024-10"),
    ("⟦نهاية العام الماضي⟧ بالرباط", "2023-09..2023-12"),
    ("⟦مطلع السنة الجارية⟧", "2024-01..2024-04"),
    ("⟦قبل ثلاثة أيام⟧ بالرباط", "2024-09-30"),
    ("⟦قبل يومين⟧ بالرباط", "2024-10-01"),
    ("⟦قبل نحو 3 أشهر⟧ بالرباط", "2024-07"),
    ("⟦قبل أسبوع⟧ بالرباط", "2024-09-23..2024-09-29"),
    ("⟦قبل خمسة عشر يوما⟧ بالرباط", "2024-09-18"),
    ("مستمر ⟦منذ أسبوعين⟧", "2024-09-16..2024-10-03"),
    ("خلال ⟦الأشهر الثلاثة الماضية⟧", "2024-07-03..2024-10-03"),
    ("خلال ⟦السنتين الأخيرتين⟧", "2022-10-03..2024-10-03"),
    # years, ranges, parts of years
    ("زيارة مماثلة كانت في ⟦سنة 2020⟧، كما", "2020"),
    ("⟦عام ٢٠١٩⟧ بالقاهرة", "2019"),
    ("وقع الاتفاق في ⟦2021⟧، بالرباط", "2021"),
    ("في ⟦2024م⟧ بالرباط", "2024"),
    ("⟦بين 2019 و2021⟧ بالرباط", "2019..2021"),
    ("⟦من 2019 إلى 2021⟧ بالرباط", "2019..2021"),
    ("في ⟦2019⟧ و⟦2021⟧ بالرباط", "2019", "2021"),
    ("⟦منذ سنة 2020⟧ بالرباط", "2020-01-01..2024-10-03"),
    ("⟦صيف 2023⟧ بطنجة", "2023-06..2023-08"),
    ("⟦الصيف الماضي⟧ بطنجة", "2024-06..2024-08"),
    ("⟦الربع الثالث من سنة 2023⟧", "2023-07..2023-09"),
    ("⟦النصف الأول من العام الجاري⟧", "2024-01..2024-06"),
    ("في ⟦التسعينيات⟧ من القرن الماضي", "1990..1999"),
    # Hijri
    ("في ⟦15 رمضان 1445 هـ⟧ بفاس", "2024-03-25"),
    ("في ⟦15 رمضان 1445 الموافق 25 مارس 2024⟧ بفاس", "2024-03-25"),
    ("في ⟦شهر رمضان الماضي⟧ بفاس", "2024-03-11..2024-04-09"),
    ("⟦سنة 1445 هـ⟧ بفاس", "2023-07-19..2024-07-06"),
    ("⟦3 ربيع الأول 1446⟧ بفاس", "2024-09-06"),
    ("أول ديوان ⟦منذ شهر⟧ بفاس", "2024-09-01..2024-10-03"),
    ("في ⟦الثالث من أكتوبر 2023⟧ بفاس", "2023-10-03"),
    ("في ⟦الحادي والعشرين من يوليوز الماضي⟧ بفاس", "2024-07-21"),
    ("في ⟦23 يناير عام 1899⟧ بفاس", "1899-01-23"),
    ("⟦بين سنتي 2007 و2008⟧ بفاس", "2007..2008"),
    ("في ⟦أواخر السبعينيات⟧ بفاس", "1977..1979"),
    ("⟦ابتداء من فاتح يناير 2012 إلى غاية ديسمبر 2013⟧ بفاس", "2012-01..2013-12"),
    # French
    ("Il l'a reçu le ⟦mois dernier⟧ à Rabat", "2024-09"),
    ("reçu le ⟦10 juin 2022⟧ à Rabat", "2022-06-10"),
    ("le ⟦1er mai 2024⟧ à Rabat", "2024-05-01"),
    ("le ⟦26 sept. 2024⟧ à Rabat", "2024-09-26"),
    ("le ⟦3 août⟧ et le ⟦2 fevrier⟧", "2024-08-03", "2024-02-02"),
    ("⟦du 23 au 26 septembre⟧ aux Émirats", "2024-09-23..2024-09-26"),
    ("⟦du lundi 23 au jeudi 26 septembre 2024⟧", "2024-09-23..2024-09-26"),
    ("⟦mardi 1er octobre⟧ à Rabat", "2024-10-01"),
    ("⟦hier mardi⟧, il a reçu", "2024-10-01"),
    ("⟦hier⟧ et ⟦avant-hier⟧ à Rabat", "2024-10-02", "2024-10-01"),
    ("⟦aujourd’hui⟧ à Rabat", "2024-10-03"),
    ("⟦mardi dernier⟧ à Rabat", "2024-10-01"),
    ("⟦lundi prochain⟧ à Rabat", "2024-10-07"),
    ("⟦cette semaine⟧ et ⟦ce mois-ci⟧", "2024-09-30..2024-10-06", "2024-10"),
    ("l'⟦an dernier⟧, l’⟦année dernière⟧", "2023", "2023"),
    ("la ⟦semaine dernière⟧ à Rabat", "2024-09-23..2024-09-29"),
    ("⟦il y a deux semaines⟧ à Rabat", "2024-09-16..2024-09-22"),
    ("⟦il y a environ un mois⟧ à Rabat", "2024-09"),
    ("⟦depuis mars⟧, il voyage", "2024-03-01..2024-10-03"),
    ("⟦mi-mai⟧ à Madrid", "2024-05-11..2024-05-20"),
    ("⟦début 2024⟧ et ⟦fin mars⟧", "2024-01..2024-04", "2024-03-21..2024-03-31"),
    ("en ⟦mai dernier⟧ à Madrid", "2024-05"),
    ("en ⟦mai de l'année dernière⟧ à Madrid", "2023-05"),
    ("en ⟦2021⟧ à Madrid", "2021"),
    ("⟦entre 2019 et 2021⟧ à Madrid", "2019..2021"),
    ("⟦de 2019 à 2021⟧ à Madrid", "2019..2021"),
    ("l'⟦été dernier⟧ et au ⟦printemps 2023⟧", "2024-06..2024-08", "2023-03..2023-05"),
    ("au ⟦troisième trimestre 2023⟧", "2023-07..2023-09"),
    ("au ⟦premier semestre de 2023⟧", "2023-01..2023-06"),
    ("les ⟦trois derniers mois⟧", "2024-07-03..2024-10-03"),
    ("les ⟦10⟧ et ⟦11 juin 2022⟧", "2022-06-10", "2022-06-11"),
    # English
    ("on ⟦10 June 2022⟧ in Rabat", "2022-06-10"),
    ("on ⟦September 26th, 2024⟧ in Rabat", "2024-09-26"),
    ("on ⟦Sept. 26⟧ in Rabat", "2024-09-26"),
    ("on the ⟦26th of September⟧ in Rabat", "2024-09-26"),
    ("⟦from 23 to 26 September⟧ in Abu Dhabi", "2024-09-23..2024-09-26"),
    ("on ⟦23-26 September 2024⟧ there", "2024-09-23..2024-09-26"),
    ("on ⟦September 23–26, 2024⟧ there", "2024-09-23..2024-09-26"),
    ("⟦from 28 December to 3 January⟧ there", "2023-12-28..2024-01-03"),
    ("⟦from November 2023 to February 2024⟧ there", "2023-11..2024-02"),
    ("⟦between March and May 2024⟧ there", "2024-03..2024-05"),
    ("⟦between 2019 and 2021⟧ there", "2019..2021"),
    ("⟦since April⟧, he toured", "2024-04-01..2024-10-03"),
    ("⟦since 2020⟧, he toured", "2020-01-01..2024-10-03"),
    ("⟦yesterday⟧ and ⟦last Thursday⟧", "2024-10-02", "2024-09-26"),
    ("said on ⟦Tuesday⟧ that", "2024-10-01"),
    ("⟦today, Thursday⟧, he said", "2024-10-03"),
    ("⟦last month⟧ and ⟦next week⟧", "2024-09", "2024-10-07..2024-10-13"),
    ("⟦two weeks ago⟧ and ⟦a year ago⟧", "2024-09-16..2024-09-22", "2023"),
    ("⟦mid-May⟧ in Madrid", "2024-05-11..2024-05-20"),
    ("⟦early 2024⟧ and ⟦late September⟧", "2024-01..2024-04", "2024-09-21..2024-09-30"),
    ("in ⟦May⟧ in Madrid", "2024-05"),
    ("in ⟦May last year⟧ in Madrid", "2023-05"),
    ("⟦last May⟧ in Madrid", "2024-05"),
    ("in ⟦2021⟧ in Madrid", "2021"),
    ("the visit (⟦2021⟧) to Madrid", "2021"),
    ("in the ⟦spring of 2023⟧ and ⟦last summer⟧", "2023-03..2023-05", "2024-06..2024-08"),
    ("⟦winter 2023⟧ in Ifrane", "2022-12..2023-02"),
    ("in ⟦Q3 2023⟧ and the ⟦first half of 2024⟧", "2023-07..2023-09", "2024-01..2024-06"),
    ("over the ⟦last two years⟧ he", "2022-10-03..2024-10-03"),
    ("in the ⟦1990s⟧ in Madrid, in the ⟦mid-1980s⟧", "1990..1999", "1984..1986"),
    ("on ⟦12 May 1705⟧ and in ⟦May 1756⟧", "1705-05-12", "1756-05"),
    ("⟦Fri, 27 Sep 2024⟧ 14:30", "2024-09-27"),
    ("⟦2024-10-03⟧T12:30:00Z", "2024-10-03"),
    ("on ⟦03/04/2024⟧ in Rabat", "2024-04-03"),
    ("on ⟦04/23/2024⟧ in Rabat", "2024-04-23"),
    ("on ⟦3.10.2024⟧ in Rabat", "2024-10-03"),
    ("on ⟦29 February⟧ in Rabat", "2024-02-29"),
    ("on ⟦10\nJune 2022⟧ in Rabat", "2022-06-10"),
    ("in ⟦April⟧ and ⟦May 2023⟧", "2023-04", "2023-05"),
    ("on ⟦15 November⟧ he will speak", "2024-11-15"),
    ("on ⟦15 January⟧ he spoke", "2024-01-15"),
    ("⟦15 January next year⟧ he speaks", "2025-01-15"),
    ("⟦Since 1950⟧, he", "1950-01-01..2024-10-03"),
    ("in ⟦Ramadan 1445⟧ in Fez", "2024-03-11..2024-04-09"),
    ("on ⟦31 June 2024⟧", "?"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("marked", "told"), [(row[0], row[1:]) for row in TOLD], ids=[row[0] for row in TOLD]
)
def test_a_time_is_found_at_its_words_and_means_its_days(marked: str, told: tuple[str, ...]) -> None:
    text, spans = unmark(marked)
    found = find_times(text, PUBLISHED)
    assert [text[m.start : m.end] for m in found] == [text[start:end] for start, end in spans]
    assert [(m.start, m.end) for m in found] == spans
    assert [m.days for m in found] == [days(each) for each in told]


NOT_TOLD = [
    "الفقرة 2 من المادة 7 من القانون رقم “03-73” للأمن الوطني",
    "قرارات مجلس الأمن 1373 و 2178 الداعيان",
    "القانون رقم 31.08 والقانون رقم 94 لسنة 2015",
    "بلغت 2030 درهما، و2000 دولار في 2000 مدرسة",
    "بما بين 13-15% من السكان",
    "آخر تحديث GMT 06:25:28",
    "جميع الحقوق محفوظة 2023 ©",
    "كأس العالم 2022 في قطر وإكسبو 2030 وميزانية 2024",
    "قانون المالية لسنة 2024 وميزانية سنة 2025",
    "حركة 20 فبراير وثورة 25 يناير",
    "التقى سيد ماي بمكتبه، وقابل تيريزا ماي",
    "مارس ضغوطا على الحكومة",
    "المختار بول شعبان ورمضان صبحي وربيع الأندلسي",
    "الربيع العربي",
    "عمره 30 سنة، وحكم عليه بعشر سنوات",
    "بدأ قبل بداية المنافسات بثمانية أشهر",
    "قبل ثلاثة أيام من المباراة",
    "فاز 3-1 على ضيفه",
    "اليوم العالمي للشرطة، وفي اليوم التالي",
    "العدالة اليوم - المصري اليوم -",
    "في السنوات الأخيرة وطوال العقد الماضي",
    "الهاتف 0522202345 و05-22-20-24",
    "من 10 إلى 20 في المائة",
    "أحد المسؤولين من بين الاثنين",
    "إلى حدود الساعة 14:30",
    "they may meet, and they march",
    "of the 10 may leave, and in march formation",
    "a second man, the sun, a mon ami",
    "the 2024 budget, World Cup 2022, Expo 2030 and Agenda 2030",
    "2030 dirhams, 2,024 men, 2024.5 km and $2024",
    "resolution 2178, law 94 of 2015, no. 2024",
    "version 2.10.2024 and 10.06.2022.1",
    "a 2-1 win, aged 30, 45%",
    "at 14:30, for two hours",
    "the 16 May attacks and the May government",
    "by 2030, stations will",
    "every Tuesday, chaque mardi, كل ثلاثاء",
    "USA Today and Arabs Today",
    "Theresa May said in English",
    "flight A320 and model B2024",
    "la planète Mars, une mission de Mars",
    "il a été ministre, sept hommes",
    "le budget 2024, la loi de finances 2024, la Coupe du monde 2030",
    "le mouvement du 20 février",
    "la loi n° 03-73, 12,5 % et 2024 euros",
    "d'ici 2030, à l'horizon 2035",
    "99/99/2024 and 1234-56-78",
    "in 1789 and in 2150, معاهدة السلام عام 1304",
    "since the 2005 revival and the 1998–99 season",
    "the last week of many, The Tomorrow People",
    "منذ أيام الجاهلية، قبل أيام، في ذات اليوم، وهو اليوم الذي نجا فيه، هذا اليوم",
    "the Sunday Times",
    "الفريق الثاني من المدينة",
    "the 3/4 majority, 24/7",
    "",
]


@pytest.mark.parametrize("text", NOT_TOLD)
def test_what_only_looks_like_a_time_is_left_alone(text: str) -> None:
    assert [text[m.start : m.end] for m in find_times(text, PUBLISHED)] == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("أمس الثلاثاء", "?"),
        ("11 مارس الماضي", "?"),
        ("21 نوفمبر من العام الماضي", "?"),
        ("in April", "?"),
        ("23 September", "?"),
        ("two weeks ago", "?"),
        ("since April", "?"),
        ("since 2020", "2020"),
        ("سنة 2020", "2020"),
        ("from 23 to 26 September", "?"),
        ("from 23 to 26 September 2024", "2024-09-23..2024-09-26"),
    ],
)
def test_without_a_publication_date_relative_times_are_found_without_days(text: str, told: str) -> None:
    (mention,) = find_times(text, None)
    assert mention.days == days(told)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("on 10 June 2022", "absolute"),
        ("on 10 June", "relative"),
        ("أمس", "relative"),
        ("15 رمضان 1445", "hijri"),
        ("15 رمضان 1445 (25 مارس 2024)", "absolute"),
    ],
)
def test_a_mention_says_how_far_it_can_be_trusted(text: str, kind: str) -> None:
    assert [m.kind for m in find_times(text, PUBLISHED)] == [kind]


@pytest.mark.parametrize(
    ("text", "published", "told"),
    [
        ("26 شتنبر الجاري", date(2024, 10, 3), "2024-09-26"),
        ("28 دجنبر الجاري", date(2025, 1, 2), "2024-12-28"),
        ("أبريل الماضي", date(2024, 4, 20), "2023-04"),
        ("15 December", date(2025, 1, 5), "2024-12-15"),
        ("15 January", date(2024, 12, 20), "2025-01-15"),
        ("5 يناير المقبل", date(2024, 10, 3), "2025-01-05"),
        ("last Thursday", date(2024, 10, 4), "2024-10-03"),
        ("أمس الثلاثاء", date(2024, 10, 2), "2024-10-01"),
        ("أمس الثلاثاء", date(2024, 10, 1), "2024-10-01"),
        ("last month", date(2024, 1, 31), "2023-12"),
        ("two months ago", date(2024, 1, 31), "2023-11"),
        ("29 فبراير", date(2023, 6, 1), "2020-02-29"),
        ("yesterday", date(2024, 3, 1), "2024-02-29"),
    ],
)
def test_a_time_is_seen_from_the_day_of_publication(text: str, published: date, told: str) -> None:
    (mention,) = find_times(text, published)
    assert mention.days == days(told)


@pytest.mark.parametrize(
    ("iso", "told"),
    [
        ("2024", "2024-01-01..2024-12-31"),
        ("2024-02", "2024-02-01..2024-02-29"),
        ("2024-10-03", "2024-10-03..2024-10-03"),
        ("٢٠٢٤-١٠-٠٣", "2024-10-03..2024-10-03"),
        ("\u200f2024-10\u200f", "2024-10-01..2024-10-31"),
        (" ۲۰۲۴-۱۰ ", "2024-10-01..2024-10-31"),
    ],
)
def test_an_iso_date_stands_for_its_days(iso: str, told: str) -> None:
    first, last = (date.fromisoformat(day) for day in told.split(".."))
    assert parse_days(iso) == Days(first, last)


@pytest.mark.parametrize(
    "iso", ["", "24", "2024-13", "2024-02-30", "0000", "03/10/2024", "2024-1-2", "x" * 500, "2024\n-"]
)
def test_another_date_is_refused_in_one_line_that_says_what_to_write(iso: str) -> None:
    with pytest.raises(BadDate) as error:
        parse_days(iso)
    assert "2024-10-03" in str(error.value)
    assert "\n" not in str(error.value)
    assert len(str(error.value)) < 150


# A question, the words that set its window, and the window's days, as asked on 3 October 2024.
ASKED = [
    ("who did Hammouchi meet in 2024", "in 2024", "2024"),
    ("من التقى حموشي سنة 2024؟", "سنة 2024", "2024"),
    ("من التقى حموشي في سنة 2024؟", "في سنة 2024", "2024"),
    ("من التقى حموشي في ٢٠٢٤؟", "في ٢٠٢٤", "2024"),
    ("Qui Hammouchi a-t-il rencontré en 2024 ?", "en 2024", "2024"),
    ("What happened on 10 June 2022?", "on 10 June 2022", "2022-06-10"),
    ("ماذا حدث يوم 10 يونيو 2022", "10 يونيو 2022", "2022-06-10"),
    ("Que s'est-il passé le 10 juin 2022 ?", "le 10 juin 2022", "2022-06-10"),
    ("Hammouchi meetings 2024", "2024", "2024"),
    ("لقاءات حموشي 2024", "2024", "2024"),
    ("and in 2023?", "in 2023", "2023"),
    ("what happened last month", "last month", "2024-09"),
    ("who was received this year", "this year", "2024"),
    ("what happened yesterday", "yesterday", "2024-10-02"),
    ("ماذا حدث أمس", "أمس", "2024-10-02"),
    ("ماذا حدث اليوم", "اليوم", "2024-10-03"),
    ("من زار الرباط السنة الماضية", "السنة الماضية", "2023"),
    ("qui a-t-il rencontré l'an dernier", "l'an dernier", "2023"),
    ("qui a-t-il rencontré depuis mars", "depuis mars", "2024-03-01..2024-10-03"),
    ("who did he meet since 2020", "since 2020", "2020-01-01..2024-10-03"),
    ("who did he meet before 2020", "before 2020", "min..2019-12-31"),
    ("who did he meet after 2021", "after 2021", "2022-01-01..2024-10-03"),
    ("من التقى قبل 2020", "قبل 2020", "min..2019-12-31"),
    ("من التقى بعد سنة 2021", "بعد سنة 2021", "2022-01-01..2024-10-03"),
    ("who did he meet until March 2023", "until March 2023", "min..2023-03-31"),
    ("who did he meet between March and May 2024", "between March and May 2024", "2024-03..2024-05"),
    ("من التقى بين 2019 و2021", "بين 2019 و2021", "2019..2021"),
    ("visits from 23 to 26 September 2024", "from 23 to 26 September 2024", "2024-09-23..2024-09-26"),
    ("who visited in spring 2024", "in spring 2024", "2024-03..2024-05"),
    ("meetings over the last two years", "over the last two years", "2022-10-03..2024-10-03"),
    ("who did he meet in 2019 and 2021", "in 2019 and 2021", "2019..2021"),
    ("compare March 2022 with May 2024", "March 2022 with May 2024", "2022-03..2024-05"),
    ("who did he meet in may 2024", "in may 2024", "2024-05"),
    ("who did he meet in may", "in may", "2024-05"),
    ("who did he meet in december", "in december", "2023-12"),
    ("meetings 2022-2023", "2022-2023", "2022..2023"),
    ("meetings in 2024-09", "in 2024-09", "2024-09"),
    ("meetings in 09/2024", "in 09/2024", "2024-09"),
    ("meetings on 26/09/2024", "on 26/09/2024", "2024-09-26"),
    ("who did he meet last week and yesterday", "last week and yesterday", "2024-09-23..2024-10-02"),
    ("من التقى منتصف ماي الماضي", "منتصف ماي الماضي", "2024-05-11..2024-05-20"),
    ("what did the 2024 report say", "2024", "2024"),
    ("who came from 2019 to now", "from 2019 to now", "2019-01-01..2024-10-03"),
    ("اجتماعات شتنبر", "شتنبر", "2024-09"),
    ("من التقى في رمضان 1445", "في رمضان 1445", "2024-03-11..2024-04-09"),
]


@pytest.mark.parametrize(("question", "words", "told"), ASKED, ids=[row[0] for row in ASKED])
def test_a_question_sets_its_window_in_its_own_words(question: str, words: str, told: str) -> None:
    meant = days(told)
    assert meant is not None
    assert question_window(question, PUBLISHED) == Window(meant, words)


@pytest.mark.parametrize(
    "question",
    [
        "who did Hammouchi meet",
        "من التقى حموشي؟",
        "what is in the 2024 budget",
        "ما هي ميزانية 2024",
        "que dit la loi de finances 2024",
        "قانون المالية لسنة 2025",
        "who hosts the World Cup 2022",
        "who hosts the 2030 World Cup",
        "من ينظم كأس العالم 2030",
        "what does resolution no. 2024 say",
        "what does resolution 2178 say",
        "who may Hammouchi meet",
        "what of the 16 May attacks",
        "ما حركة 20 فبراير",
        "ماذا تسمى حرب أكتوبر في إسرائيل",
        "who began the October Revolution",
        "qui a gagné la guerre d'octobre",
        "who earns 2030 dirhams",
        "",
    ],
)
def test_a_question_without_a_time_of_its_own_has_no_window(question: str) -> None:
    assert question_window(question, PUBLISHED) is None


@pytest.mark.parametrize(
    "text",
    [
     "من ", "1", "1 ", "10 ", "2024 ", "2024-", "1/", "10,", "ماي ", "may ", "10 و", "قبل ",
     "last ", "the ", "من 10 إلى ", "10 June 2022 and ", "Q3 ", "a ", "15 رمضان ",
     "10 May ", "ـ", "\u064b", "\n", "a\n\n", "الثلاثاء ", "تشرين ",
     "و", "'", "in in 2024 ", "since ", "10-", "١", "early ", "mardi doit aa ", "a dit mardi est aa ", "mardi said "],
)  # fmt: skip
def test_hostile_repetition_takes_linear_time(text: str) -> None:
    hostile = (text * 100_000)[:100_000]
    started = time.process_time()
    found = find_times(hostile, PUBLISHED)
    assert time.process_time() - started < 12  # under 1 s on a quiet machine
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.skipif(not ARTICLES.is_dir(), reason="the five real articles aren't here")
@pytest.mark.parametrize(
    ("name", "published", "told"),
    [
        ("003", PUBLISHED, ["2024-10-03", "2024-09-23..2024-09-26", "2024-04-01..2024-10-03",
                            "2022-02-11..2022-02-20", "2024-05-11..2024-05-20"]),
        ("000", None, ["?", "?", "2020", "?", "?", "?"]),
        ("002", None, ["?"]),
        ("004", None, ["?", "?", "2022-06-10"]),
    ],
)  # fmt: skip
def test_a_real_article_tells_the_times_a_careful_reader_finds(
    name: str, published: date | None, told: list[str]
) -> None:
    (path,) = ARTICLES.glob(f"{name}_*.txt")
    found = find_times(path.read_text(encoding="utf-8"), published)
    assert [m.days for m in found] == [days(each) for each in told]


def test_a_mention_is_a_plain_value() -> None:
    assert find_times("in 2021", None) == [
        TimeMention(3, 7, Days(date(2021, 1, 1), date(2021, 12, 31)), "absolute")
    ]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The prime minister will visit Oban on Sunday.", date(2025, 3, 16)),
        ("The prime minister visited Oban on Sunday.", date(2025, 3, 9)),
        ("Ferries are expected to run from Monday.", date(2025, 3, 17)),
        ("He spoke on Sunday. Talks will go on.", date(2025, 3, 9)),
        ("La production reprendra lundi.", date(2025, 3, 17)),
        ("La production a repris lundi.", date(2025, 3, 10)),
        ("Le caméraman et l'opéra étaient là lundi.", date(2025, 3, 10)),
        ("وسيزور الوزير المدينة يوم السبت.", date(2025, 3, 15)),
        ("زار الوزير المدينة يوم السبت على متن سيارة.", date(2025, 3, 8)),
        # What is to come of a deed doesn't make the deed one to come.
        ("The king on Wednesday inaugurated a plant that will supply the town.", date(2025, 3, 12)),
        ("Le roi a inauguré mercredi une usine qui fournira la ville.", date(2025, 3, 12)),
        ("افتتح الملك الأربعاء محطة ستزود المدينة.", date(2025, 3, 12)),
        ("United fans gather Saturday for a match that will decide the title.", date(2025, 3, 15)),
        # What was to come is the nearest.
        ("He called off a visit that was to begin on Sunday.", date(2025, 3, 16)),
        ("Le match devait avoir lieu mercredi mais a été reporté.", date(2025, 3, 12)),
    ],
)
def test_a_bare_weekday_is_the_one_to_come_where_the_sentence_tells_of_the_future(
    text: str, day: date
) -> None:
    (mention,) = find_times(text, date(2025, 3, 14))
    assert mention.days
    assert mention.days.first == day


AHEAD = [
    "Unions called a strike for Tuesday.",
    "The truce begins on Tuesday at midnight.",
    "يتوجه الوزير يوم الثلاثاء إلى الدوحة.",
    "La ministre est attendue mardi à Oran.",
    "Lasri est toujours attendu mardi.",
    "Le sommet est prévu mardi.",
    "Les débats sont désormais programmés mardi.",
    "La reine doit arriver mardi.",
    "Le jury va enfin se réunir mardi.",
    "Le procès devrait s'ouvrir mardi.",
    "Le match aura lieu mardi.",
    "The hearing is now scheduled for Tuesday.",
    "Talks are due to open on Tuesday.",
    "The ferry is expected on Tuesday.",
    "The final takes place on Tuesday.",
    "The minister said ferries will run on Tuesday.",
    "The minister said that on Tuesday ferries will run.",
    "The winner will be announced on Tuesday.",
    "On Tuesday, officials said, ferries will run.",
    "On Tuesday ferries will run, officials said.",
    "The strike on Tuesday will close schools, unions said.",
    "ينتظر أن يصل الوزير إلى تونس الثلاثاء.",
    "يُنتظر أن يصل الوزير إلى تونس الثلاثاء.",
    "من المقرر أن يجتمع المجلس الثلاثاء.",
    "من المرتقب وصول الوزير الثلاثاء.",
    "كان مقررا أن يصل الوزير الثلاثاء.",
    "سيعقد الاجتماع الثلاثاء.",
    "ستعقد القمة الثلاثاء.",
    "أعلن المجلس أن الاجتماع سيعقد الثلاثاء.",
]
BEHIND = [
    "Le sommet prévu mardi a échoué.",
    "Elle est arrivée mardi.",
    "Le maire a annoncé mardi que le pont est prévu pour le printemps.",
    "The minister said in Oban on Tuesday that ferries are expected to run again.",
    "The verdict was delivered on Tuesday.",
    "On Tuesday the minister said ferries will run again.",
    "Mardi, la maire a annoncé que le pont sera fermé.",
    "ويوم الثلاثاء أعلن المجلس أنه سيعقد دورة أخرى.",
    "اجتمع ستة وزراء الثلاثاء في ستوكهولم.",
    "قال المقرر الخاص الثلاثاء إن الوضع خطير.",
    "أعلن المجلس الثلاثاء أنه سيعقد دورة أخرى.",
]


@pytest.mark.parametrize(
    ("text", "day"),
    [(text, date(2025, 5, 6)) for text in AHEAD] + [(text, date(2025, 4, 29)) for text in BEHIND],
)
def test_what_is_due_on_a_weekday_is_to_come_and_what_was_said_on_one_is_past(text: str, day: date) -> None:
    assert [mention.days for mention in find_times(text, date(2025, 5, 5))] == [Days(day, day)]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The law will take effect on May 1.", date(2026, 5, 1)),
        ("The law takes effect on May 1.", date(2026, 5, 1)),
        ("The group is to meet again on Feb. 1.", date(2027, 2, 1)),
        ("The next meeting of the committee is on 10 June.", date(2026, 6, 10)),
        ("She said that the exam would be held from 13 June.", date(2026, 6, 13)),
        ("La loi entrera en vigueur le 1er mai.", date(2026, 5, 1)),
        ("ويدخل القانون حيز التنفيذ في الأول من مايو بعد المصادقة عليه.", date(2026, 5, 1)),
        ("The law took effect on May 1.", date(2025, 5, 1)),
        ("The minister, elected on May 1, will resign.", date(2025, 5, 1)),
        ("The court will hear the man who fled on May 1.", date(2025, 5, 1)),
    ],
)
def test_a_day_without_a_year_behind_words_of_the_future_is_the_next_one(text: str, day: date) -> None:
    (mention,) = find_times(text, date(2026, 2, 16))
    assert mention.days == Days(day, day)


@pytest.mark.parametrize(
    "text",
    [
        "Paredes will miss the start of the season after tearing a hamstring on Saturday.",
        "Tom Hale, who will stand trial, was arrested on Saturday.",
        "زار سيرغي لافروف بغداد السبت.",
        "اختتم وزير خارجية مملكة سيرانيا زيارته السبت.",
    ],
)
def test_a_weekday_of_what_was_done_is_past_whatever_else_is_to_come(text: str) -> None:
    (mention,) = find_times(text, date(2026, 7, 14))
    assert mention.days == Days(date(2026, 7, 11), date(2026, 7, 11))
