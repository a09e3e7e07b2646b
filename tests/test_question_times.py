"""The window of a question: marked by hand before the rules were tried on them, in three languages."""

from datetime import date

import pytest

from vectorstore.records import Days
from vectorstore.times import question_window

ASKED_ON = date(2024, 12, 1)

# A question and the days it asks about; "none" where its only date belongs to the subject.
WINDOWS = """
who visited Rabat in the spring of 2024 | 2024-03-01 to 2024-05-31
what happened last month | 2024-11-01 to 2024-11-30
what was announced last week | 2024-11-18 to 2024-11-24
what did the ministry say in the past 30 days | 2024-11-01 to 2024-12-01
which agreements were signed in the first quarter of 2024 | 2024-01-01 to 2024-03-31
what happened in the second half of 2023 | 2023-07-01 to 2023-12-31
who was arrested between 10 and 20 November | 2024-11-10 to 2024-11-20
how much lower was the sea than it is today | none
était-il plus cher qu'aujourd'hui | none
floods in early September 2023 | 2023-09-01 to 2023-09-10
what happened three days ago | 2024-11-28 to 2024-11-28
who did he meet during the summer of 2022 | 2022-06-01 to 2022-08-31
who did she receive at the end of 2023 | 2023-09-01 to 2023-12-31
what changed since last year | 2023-01-01 to 2024-12-01
who visited on Monday | 2024-11-25 to 2024-11-25
did anything happen on the 15th of March 2023 | 2023-03-15 to 2023-03-15
accidents in Casablanca, 2021 to 2023 | 2021-01-01 to 2023-12-31
how many trains were ordered in the last five years | 2019-12-01 to 2024-12-01
what has been said so far this month | 2024-12-01 to 2024-12-31
who was appointed in the nineties | 1990-01-01 to 1999-12-31
what happened in the 1990s | 1990-01-01 to 1999-12-31
articles before June 2023 | min to 2023-05-31
meetings up to 2021 | min to 2021-12-31
anything after 5 May 2024 | 2024-05-06 to 2024-12-01
from March to June 2024, who visited | 2024-03-01 to 2024-06-30
what is in the 2024 budget | none
when was the 2024 budget adopted | none
what was said about the 2025 finance bill | none
who won the 2022 World Cup | none
who will host Expo 2030 | none
what is the Vision 2030 plan | none
when did the 2011 constitution come into force | none
what does the 2030 agenda demand | none
who took part in COP28 | none
what did Law 2024-15 change | none
how many medals at the Paris 2024 Olympics | none
what happened in the 2023 earthquake | 2023-01-01 to 2023-12-31
what did the February 20 movement want | none
what did the minister say about the 2024 budget in November 2023 | 2023-11-01 to 2023-11-30
ماذا حدث الشهر الماضي | 2024-11-01 to 2024-11-30
من زار المغرب في ربيع 2024 | 2024-03-01 to 2024-05-31
من التقى الوزير السنة الماضية | 2023-01-01 to 2023-12-31
من التقى المدير العام خلال العام الجاري | 2024-01-01 to 2024-12-31
ما هي الاتفاقيات التي وقعت خلال الأشهر الستة الأخيرة | 2024-06-01 to 2024-12-01
ماذا جرى الأسبوع الماضي | 2024-11-18 to 2024-11-24
ماذا جرى في مطلع 2023 | 2023-01-01 to 2023-04-30
ماذا وقع أواخر شتنبر 2024 | 2024-09-21 to 2024-09-30
ماذا قالت الحكومة منذ يناير الماضي | 2024-01-01 to 2024-12-01
من استقبل الملك قبل يونيو 2022 | min to 2022-05-31
ماذا حدث بين مارس وماي 2023 | 2023-03-01 to 2023-05-31
ماذا حدث في النصف الأول من 2024 | 2024-01-01 to 2024-06-30
ماذا حدث قبل ثلاثة أيام | 2024-11-28 to 2024-11-28
من زار الرباط يوم الاثنين الماضي | 2024-11-25 to 2024-11-25
كم عدد الحوادث في سنتي 2022 و2023 | 2022-01-01 to 2023-12-31
ماذا حدث في تشرين الأول 2023 | 2023-10-01 to 2023-10-31
ماذا حدث في آذار/مارس 2024 | 2024-03-01 to 2024-03-31
ماذا حدث في ٩ شتنبر ٢٠٢٣ | 2023-09-09 to 2023-09-09
ما أخبار السنوات الخمس الأخيرة | 2019-12-01 to 2024-12-01
ماذا قيل عن ميزانية 2024 | none
من فاز بكأس العالم 2022 | none
ماذا جاء في قانون المالية 2025 | none
ما هي رؤية 2030 | none
متى صدر دستور 2011 | none
من نظم مونديال 2022 | none
ماذا قيل في نونبر 2023 عن ميزانية 2024 | 2023-11-01 to 2023-11-30
qui a visité Rabat au printemps 2024 | 2024-03-01 to 2024-05-31
que s'est-il passé le mois dernier | 2024-11-01 to 2024-11-30
qui a été nommé depuis mars | 2024-03-01 to 2024-12-01
que s'est-il passé la semaine dernière | 2024-11-18 to 2024-11-24
qui a-t-il rencontré au cours des six derniers mois | 2024-06-01 to 2024-12-01
les accords signés au premier trimestre 2024 | 2024-01-01 to 2024-03-31
qu'a dit le ministre en début d'année | 2024-01-01 to 2024-04-30
que s'est-il passé il y a trois jours | 2024-11-28 to 2024-11-28
qui est venu lundi dernier | 2024-11-25 to 2024-11-25
les réunions du 23 au 26 septembre 2024 | 2024-09-23 to 2024-09-26
les rencontres d'avant 2020 | min to 2019-12-31
ce qui s'est passé entre mars et mai 2023 | 2023-03-01 to 2023-05-31
les incendies de l'été 2023 | 2023-06-01 to 2023-08-31
les accidents dans les années 1990 | 1990-01-01 to 1999-12-31
que prévoit le budget 2024 | none
que dit la loi de finances 2025 | none
qui a gagné la Coupe du monde 2022 | none
quand a été adoptée la constitution de 2011 | none
qui participe à la COP28 | none
que contient le plan Maroc 2030 | none
le séisme de septembre 2023 | 2023-09-01 to 2023-09-30
qu'a-t-on dit en novembre 2023 du budget 2024 | 2023-11-01 to 2023-11-30
qu'est-il arrivé dans les années 90 | 1990-01-01 to 1999-12-31
ماذا حدث في تسعينيات القرن الماضي | 1990-01-01 to 1999-12-31
who turned up in her sixties | none
ماذا حدث في بداية السنة | 2024-01-01 to 2024-04-30
what was said at the end of the year 2022 | 2022-09-01 to 2022-12-31
"""
ROWS = [tuple(line.split(" | ")) for line in WINDOWS.strip().splitlines()]


@pytest.mark.parametrize(("question", "days"), ROWS, ids=[question for question, _ in ROWS])
def test_a_question_asks_about_the_days_a_reader_would_take(question: str, days: str) -> None:
    window = question_window(question, ASKED_ON)
    found = "none"
    if window is not None:
        first = "min" if window.days.first == date.min else window.days.first
        found = f"{first} to {window.days.last}"
    assert found == days


@pytest.mark.parametrize(
    ("question", "year"),
    [
        ("Qui doit-elle rencontrer en décembre ?", 2026),
        ("Who will she meet in December?", 2026),
        ("Who did she meet in December?", 2025),
    ],
)
def test_a_month_without_a_year_is_the_next_one_where_the_future_is_asked_about(
    question: str, year: int
) -> None:
    window = question_window(question, date(2026, 11, 27))
    assert window
    assert window.days == Days(date(year, 12, 1), date(year, 12, 31))
