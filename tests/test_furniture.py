"""What is no article though no word list names it, and what is though it looks like furniture."""

import pytest

from ingest.clean import CleanPage, clean
from ingest.readers import read_text

TOP = "Harbour council keeps the lamp lit through the winter\n3 October 2024\n"
FIRST = (
    "The harbour council voted on Tuesday to keep the old lighthouse lit, after a petition of 4,000 names.\n"
)
SECOND = "Its lamp will be powered by the sun from next spring, and the keeper's cottage will be a museum.\n"
BODY = FIRST + SECOND
MORE = (
    "A keeper lived in the lighthouse until 1988, with two cows and a piano that had been lowered through its roof.\n"
    "Visitors will pay three pounds, half of which goes to the boat that has saved ninety sailors since the war.\n"
)


def cleaned(text: str, name: str = "a.txt") -> CleanPage:
    return clean(read_text(text, name))


def paragraphs(text: str) -> list[str]:
    return cleaned(TOP + text).text.split("\n\n")


def lines(text: str) -> list[str]:
    return text.splitlines()


def test_comments_are_told_by_the_names_days_and_hours_that_recur() -> None:
    comment = (
        "I have walked past that lamp every night of my life and never once thought of who it is that pays.\n"
    )
    thread = f"Ruth\n3 October 2024 - 18:20\n{comment}Old Tom\n3 October 2024 - 19:05\nNot before time.\n"
    assert paragraphs(BODY + thread) == lines(BODY)
    assert paragraphs(BODY + f"1. From Ruth on 03/10/2024 18:20\n{comment}" * 2) == lines(BODY)


def test_days_that_part_the_chapters_of_an_article_head_no_comments() -> None:
    assert paragraphs(f"{FIRST}12 March 1984\n{SECOND}3 June 1999\n{FIRST}") == [
        *lines(FIRST),
        "12 March 1984",
        *lines(SECOND),
        "3 June 1999",
        *lines(FIRST),
    ]


@pytest.mark.parametrize(
    "caption",
    [
        "Jane Model/Sample Radio\nA keeper climbs the stairs of the tower in the fog.\nJane Model/Sample Radio\n",
        "Sample Pictures A keeper on the stairs of the lighthouse\nSample Pictures\n",
        "A keeper climbs the stairs of the old lighthouse. JANE MODEL / SAMPLE RADIO\n",
        "A keeper climbs the stairs of the old lighthouse. (Sample Radio/Jane Model)\n",
        "A keeper climbs the stairs of the old lighthouse. SR/Jane Model\n",
        "A keeper climbs the stairs of the old lighthouse.Credit...Jane Model for The Sample\n",
    ],
)
def test_a_caption_is_told_by_its_photographer(caption: str) -> None:
    assert paragraphs(FIRST + caption + SECOND) == lines(BODY)


@pytest.mark.parametrize(
    "promotion",
    [
        "Health\nWhy some towns are painting their roofs white again\n",
        "What moves the coast this week\nEnter your email address\n",
        "SHARE YOUR VIEW\nWhich tower would you save? Tell us below.\n",
        "Twelve soups for people who own a single pot\n",
    ],
)
def test_a_promotion_inside_the_article_goes(promotion: str) -> None:
    assert paragraphs(BODY + promotion + MORE) == lines(BODY + MORE)


@pytest.mark.parametrize(
    "kept",
    ["What it will cost\n", "The papers to bring:\nA passport\nTwo photographs\n", "- one\n- two\n"],
)
def test_a_subheading_and_a_list_stay(kept: str) -> None:
    assert paragraphs(FIRST + kept + SECOND) == lines(FIRST + kept + SECOND)


def test_an_appeal_to_the_reader_at_the_end_goes() -> None:
    appeal = (
        "I hope you found this piece worth reading. We have no rich owner, so would you think of backing us today?\n"
        "If you can, please give any sum you like: it takes less than one minute and helps us very much indeed.\n"
    )
    assert paragraphs(BODY + appeal) == lines(BODY)


def test_what_the_police_or_a_columnist_say_to_the_reader_stays() -> None:
    asked = "If you saw a boat near the lighthouse on Tuesday, please call the harbour council before the weekend.\n"
    column = "We have all seen that lamp from our beds, and you know as well as I do what we would be without it.\n"
    assert paragraphs(BODY + asked) == lines(BODY + asked)
    assert paragraphs(column + BODY + column) == lines(column + BODY + column)


def test_the_last_short_paragraph_after_an_inline_related_line_stays() -> None:
    last = "Work on the cottage is due to begin before the end of March.\n"
    assert paragraphs(BODY + "Read also: Ferry delayed by fog\n" + last) == lines(BODY + last)


def test_an_article_goes_on_after_a_few_lines_of_a_picture() -> None:
    more = (
        'Ms Keeper said she would miss the stairs of the lighthouse.\n"The lamp was my company," she said.\n'
    )
    gap = "Sample Pictures\nThe door of the tower\nA photograph of last year\n"
    assert paragraphs(BODY + gap + more) == lines(BODY + more)


def test_who_the_author_is_isnt_the_article() -> None:
    page = (
        f"Lamp stays lit all winter\nBy Jane Example\n{BODY}Jane Example covers the coast for the Herald and lived "
        "in three lighthouses.\n"
    )
    found = cleaned(page)
    assert found.text.split("\n\n") == lines(BODY)
    assert found.author == "Jane Example"


def test_a_paragraph_that_the_next_one_repeats_and_goes_on_from_is_told_once() -> None:
    assert paragraphs(FIRST.replace(", after a petition of 4,000 names", "") + BODY) == lines(BODY)


def test_two_words_above_the_body_are_its_headline() -> None:
    assert cleaned(f"Bakery burns\n\n{BODY}").title == "Bakery burns"


def test_the_outlet_named_in_the_windows_bar_is_no_author() -> None:
    title = "افتتاح جسر جديد فوق النهر"
    told = "افتتح وزير النقل اليوم جسرا جديدا فوق النهر، بعد أشغال دامت ثلاث سنوات وكلفت ستين مليون درهم."
    found = cleaned(
        f"<title>{title} | صحيفة الأطلس</title><h1>{title}</h1><div>صحيفة الأطلس</div><p>{told}</p>", "a.html"
    )
    assert (found.title, found.site_name, found.author) == (title, "صحيفة الأطلس", None)


def test_a_short_article_with_soups_or_troops_in_it_isnt_taken_for_a_missing_page() -> None:
    assert cleaned(f"Troops bring soups to the coast\n{FIRST}").title == "Troops bring soups to the coast"


@pytest.mark.parametrize("head", ["Read also", "اقرأ أيضا", "À lire aussi"])
@pytest.mark.parametrize(
    "last", ["Work on the lighthouse starts in May.", "The keeper is glad of the votes."]
)
def test_a_short_last_paragraph_on_the_articles_subject_is_kept_below_related_headlines(
    head: str, last: str
) -> None:
    related = (
        f"{head}\nFerry delayed by fog again\nMarket moves to the square\nThree held over stolen boats\n"
    )
    last = last.replace("votes", "harbour council's vote")
    assert paragraphs(f"{BODY}{related}{last}\nLeave a reply\n") == [*lines(BODY), last]
    stranger = "Sunny spells with a chance of rain.\n"
    assert paragraphs(f"{BODY}{related}{stranger}Leave a reply\n") == lines(BODY)


def test_films_listed_with_their_lengths_are_taken_out_with_the_line_above_them() -> None:
    films = "À regarder\n02:14 Le dernier sonneur de cloches\n01:37 Un cadran solaire sur le lycée\n"
    assert paragraphs(FIRST + films + SECOND) == lines(BODY)
    hours = "The day's plan:\n09:30 doors open to the petitioners.\n11:00 the council votes on the lamp.\n"
    assert paragraphs(FIRST + hours + SECOND) == [*lines(FIRST), *lines(hours), *lines(SECOND)]


def test_what_stands_between_a_forms_lines_is_that_forms() -> None:
    form = "NEWSLETTER SIGN-UP\nThe Factory Floor\nA weekly look at who makes what, and where.\nPreview\nSubscribe\n"
    assert paragraphs(BODY + form + MORE) == lines(BODY + MORE)


def test_a_text_below_a_linked_headline_is_that_headlines_where_the_page_marks_neither() -> None:
    told = "".join(f"<div>{line}</div>" for line in lines(BODY + MORE))
    other = (
        "<div><div>Most commented</div><div><a href=/1>Council to charge for a third bin</a></div><div>Residents "
        "will pay £38 a year from April for the garden waste that is now taken free.</div>"
        "<div><a href=/2>Swimming pool shuts for a week</a></div></div>"
    )
    page = f"<html><body><div><h1>{lines(TOP)[0]}</h1>{told}</div>{other}</body></html>"
    assert cleaned(page, "a.html").text.split("\n\n") == lines(BODY + MORE)


ENTRIES = (
    "18:05\nLamp lit again\nThe lighthouse shone at dusk, to the applause of four hundred people.\nShare\n"
    "14:20\nKeeper moved to tears\nThe last keeper, who is ninety-one, wound the clock of the tower.\nShare\n"
    "09:47\nThe harbour closes\nNo boat may leave before the council has spoken.\nShare\n"
)


def test_the_hours_and_headlines_of_a_report_written_hour_by_hour_are_kept() -> None:
    told = [line for line in lines(ENTRIES) if line != "Share"]
    assert paragraphs(f"{FIRST}Refresh\n{ENTRIES}Load more\n") == [*lines(FIRST), *told]


def test_hours_beside_other_articles_and_below_commenters_names_head_no_entries() -> None:
    others = "08:40\nFerry delayed by fog\n07:55\nMarket moves to the square\n07:10\nTwo bridges to close\n"
    assert paragraphs(BODY + MORE + others) == lines(BODY + MORE)
    comment = "18:20\nThe council has kept the lighthouse lit for nobody but itself and its petition.\n"
    assert "18:20" not in paragraphs(f"{BODY}{MORE}Ruth\n{comment}Old Tom\n{comment}Ann\n{comment}")


@pytest.mark.parametrize(
    "note",
    [
        "A version of this article appears in print on Oct. 22, 2023, Section B, Page 3 of the city edition.\n",
        "** ينشر هذا التحقيق بدعم من مؤسسة المثال للصحافة\n",
        "The post Harbour council keeps the lamp lit through the winter appeared first on The Coast Sample.\n",
    ],
)
def test_notes_about_the_article_itself_are_taken_off_its_end(note: str) -> None:
    assert paragraphs(BODY + MORE + note) == lines(BODY + MORE)
    inside = (
        "A reader of this article had asked in March who would wind the clock in the tower after the vote.\n"
    )
    assert paragraphs(FIRST + inside + SECOND) == lines(FIRST + inside + SECOND)


def test_a_card_of_links_interrupts_an_article_once_however_many_lines_it_has() -> None:
    card = (
        "<div><a href=/b><div>The bell ringers who went to court</div><div>A parish wanted quiet. Its ringers wanted "
        "Sunday. A judge gave them less.</div><div>Oct. 2, 2023</div></a></div>"
    )
    first, rest = ("".join(f"<p>{line}</p>" for line in lines(part)) for part in (FIRST, SECOND + MORE))
    page = f"<html><body><article><h1>{lines(TOP)[0]}</h1>{first}{card}{rest}</article></body></html>"
    assert cleaned(page, "a.html").text.split("\n\n") == lines(BODY + MORE)


def test_a_subheading_that_begins_like_a_byline_stays() -> None:
    told = (
        "يستعد باعة الكتب المستعملة لمغادرة الساحة التي عرضوا فيها بضاعتهم منذ سنة 1984، بعدما قررت الجماعة تهيئتها.",
        "كتب بثمن رغيف",
        "كان الطلبة يقصدون الساحة مع كل دخول جامعي، لأن ثمن المرجع الواحد لا يتجاوز عشرة دراهم في أغلب الأحيان.",
    )
    result = cleaned("\n".join(("سوق الكتب يغادر مكانه", "كتب: سلمى المثال", *told)))
    assert (result.author, result.text.split("\n\n")) == ("سلمى المثال", list(told))


def test_related_headlines_with_their_days_end_where_short_sentences_go_on_with_the_article() -> None:
    related = (
        "Read also...\nFerry delayed by fog\nOctober 27, 2023\nMarket moves to the square\nOctober 25, 2023\n"
    )
    last = "The lighthouse has 212 steps.\nEach of them creaks, and the council likes it so.\n"
    assert paragraphs(f"{BODY}{related}{last}lamplighthousecouncil\nLeave a reply\n") == lines(BODY + last)


def test_an_article_that_speaks_to_its_reader_goes_on_doing_so_below_related_headlines() -> None:
    column = (
        "You will say that a lighthouse is a small thing to write to you about, and keep you from supper.\n"
    )
    last = (
        "You will tell me that there are graver things. There are.\nBut none of them can be seen at night.\n"
    )
    related = "Read also\nFerry delayed by fog again\nColumn\n31 May 2023\n"
    assert paragraphs(column + BODY + related + last) == lines(column + BODY + last)


def test_more_and_a_colon_leads_to_another_article() -> None:
    assert paragraphs(f"{FIRST}More: Why the bridge is blue\n{SECOND}") == lines(BODY)
