"""Who wrote a text without a page is read from a line of names, and what only looks like names stays in the story."""

import pytest
from harbour_story import STORY, TITLE

from copydesk.flows.load_rules import load_rules
from copydesk.transforms.clean.clean import clean
from copydesk.transforms.records import Cleaned, Extracted

RULES = load_rules()


def cleaned(*lines: str) -> Cleaned:
    return clean(Extracted("\n\n".join(lines), "plain"), rules=RULES)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Ann Petrel", ("Ann Petrel",)),
        ("Ann Petrel and Tom Reed", ("Ann Petrel", "Tom Reed")),
        ("Ann Petrel, Court Reporter", ("Ann Petrel",)),
        ("Ann Petrel, chief political correspondent", ("Ann Petrel",)),
        ("Ann Petrel in Wexley", ("Ann Petrel",)),
        ("Dr Ann Petrel", ("Ann Petrel",)),
        ("By Dr Ann Petrel", ("Ann Petrel",)),
        ("Reviewed by Ann Petrel", ("Ann Petrel",)),
        ("Words: Ann Petrel Pictures: Tom Reed", ("Ann Petrel",)),
        ("Text och foto: Ann Petrel", ("Ann Petrel",)),
        ("Tác giả: Nguyễn Văn An", ("Nguyễn Văn An",)),
        ("By Ann Petrel, The Wexley Ledger", ("Ann Petrel",)),
        ("By Court Reporter", ()),
        ("Propos recueillis par Ann Petrel", ("Ann Petrel",)),
        ("Ann Petrel, Bloomberg", ("Ann Petrel",)),
        ("Por Ann Petrel, w1 — Wexley", ("Ann Petrel",)),
        ("dalla nostra inviata Ann Petrel", ("Ann Petrel",)),
        ("Γράφει η Άννα Πέτρου", ("Άννα Πέτρου",)),
        ("By ANN PETREL MARCH 4, 2025", ("Ann Petrel",)),
        ("Edited by: Ann Petrel", ("Ann Petrel",)),
        ("Ann Petrel Rural affairs correspondent", ("Ann Petrel",)),
        ("김항구 기자 harbour@tide.example", ("김항구",)),
        ("〔記者陳海安/港口報導〕", ("陳海安",)),
        ("Staff Reporter", ()),
    ],
)
def test_names_between_title_and_story(line: str, names: tuple[str, ...]) -> None:
    """Names right below the title are the authors', with an office, a place or a label that few use."""
    found = cleaned(TITLE, line, *STORY)
    assert (found.readings.title, found.readings.authors, found.body.split("\n\n")) == (TITLE, names, STORY)


def test_what_stands_below_the_names_goes_with_them() -> None:
    """An office or a house below a name is part of the byline."""
    for below in ("Opinion columnist", "WEXLEY TODAY", "The Wexley Tribune", "Associated Press"):
        found = cleaned(TITLE, "Ann Petrel", below, *STORY)
        assert (found.readings.authors, found.body.split("\n\n")) == (("Ann Petrel",), STORY), below


@pytest.mark.parametrize("last", ["Ann Petrel", "Text och foto: Ann Petrel", "By Ann Petrel"])
def test_names_below_the_story(last: str) -> None:
    """Names that nothing of the story follows are the author's."""
    found = cleaned(TITLE, *STORY, last)
    assert (found.readings.authors, found.body.split("\n\n")) == (("Ann Petrel",), STORY)


def test_vietnamese_names_are_words_of_stories() -> None:
    """A Vietnamese name below a story signs it, whatever words and surnames it shares; not who is in the story."""
    story = [
        "Ngày 4/3, hội đồng thị trấn Bến Cũ quyết định giữ chuyến phà đêm thêm năm năm nữa.",
        "Bà Nguyễn Thị Lan, chủ một quán ăn hiền lành ở bến, nói rằng phà chở sáu mươi người mỗi đêm.",
        "Ông Trần Văn Dương cho biết chuyến phà bị lỗ, nhưng đảo không có con đường nào khác.",
    ]
    title = "Thị trấn Bến Cũ giữ lại chuyến phà đêm"
    for name, authors in (
        ("Nguyễn Dương", ("Nguyễn Dương",)),
        ("Thanh Hiền", ("Thanh Hiền",)),
        ("Trần Văn Dương", ()),
    ):
        found = cleaned(title, *story, name)
        assert (found.readings.authors, name in found.body.split("\n\n")) == (authors, not authors)


@pytest.mark.parametrize(
    "line",
    [
        "Ida Brandt",
        "Key Facts",
        "Middle East",
        "San Marino",
        "Green Party",
        "By Design",
        "Island Ferry",
        "Tuesday Night",
        "Council Auditor",
        "Higher Education",
        "Climate Change",
        "What Happened",
    ],
)
def test_what_only_looks_like_names(line: str) -> None:
    """Who is in the story, a place, a rubric, and a heading that the story takes up are no authors."""
    for lines in ((TITLE, line, *STORY), (TITLE, *STORY, line)):
        found = cleaned(*lines)
        assert (found.readings.authors, line in found.body) == ((), True)


@pytest.mark.parametrize("lines", [(TITLE, "Tom Reed/CNET", *STORY), (TITLE, *STORY, "Tom Reed/CNET")])
def test_who_took_the_picture_is_no_author(lines: tuple[str, ...]) -> None:
    """A name with an outlet behind a stroke, above or below a story, is the picture's: no author, and no line of it goes."""
    found = cleaned(*lines)
    assert found.readings.authors == ()
    assert [line for line in STORY if line not in found.body] == []


def test_who_speaks_is_no_author() -> None:
    """A name that stands above several turns is who speaks, and below a quotation whose words it repeats."""
    turns = [TITLE, "Ann Petrel", STORY[0], "Tom Reed", STORY[1], "Ann Petrel", STORY[2]]
    quoted = "“A ferry is a street, and a town that closes its streets will not stay a town for long.”"
    assert cleaned(*turns).body.split("\n\n") == turns[1:]
    assert "Ann Petrel" in cleaned(TITLE, *STORY, quoted, "Ann Petrel").body


@pytest.mark.parametrize(
    "lines",
    [
        (
            "汐見の停電は九時間で復旧",
            "停電の夜",
            "2024年3月12日",
            "午後六時五分、汐見の町は暗闇に包まれた。復旧は翌朝になった。",
            "病院は自家発電に切り替え、港の信号も消えたままだったという。",
        ),
        (
            "حارس المنارة يغادر الجزيرة الصغيرة",
            "الحياة في المنارة",
            "12 مارس 2024",
            "غادر حارس المنارة سامي خليل الجزيرة الصغيرة في الشمال بعد أربعين عاما من العمل فيها يوم العاشر من الشهر.",
            "يعيش في الجزيرة اثنا عشر شخصا، وما زالت في الميناء لافتة تطلب التبرع بالطعام.",
        ),
    ],
    ids=["ja", "ar"],
)
def test_a_short_heading_beside_a_time(lines: tuple[str, ...]) -> None:
    """In scripts without capitals a heading beside a time is no name: it has grammar in it, or the story's words."""
    found = cleaned(*lines)
    assert found.readings.authors == ()
    assert lines[1] in found.body or found.readings.dek == lines[1]


@pytest.mark.parametrize(
    ("title", "first"),
    [
        ("Trial opens", "The trial of two men over the theft of a van opened at Wexley on Monday."),
        ("Choir wins prize", "The miners' choir won the county prize on Saturday with a song."),
        ("Wieś kupiła karczmę", "Mieszkańcy Dębiny kupili karczmę Pod Czaplą za trzysta tysięcy."),
        ("橋の完成まで", "汐見大橋は予定より4年遅れて完成した。これまでの経緯を振り返る。"),
        (
            "Bank raises its rate to 3.75%",
            "The central bank raised its main rate by a quarter point on Thursday.",
        ),
        (
            "Wexley 3-2 Pier Vale: late header settles the derby",
            "Tom Reed rose in the 94th minute to win it.",
        ),
    ],
)
def test_short_titles(title: str, first: str) -> None:
    """A heading of two or three words is the title if the sentence below it takes up one of them."""
    lines = [first, *STORY]
    found = cleaned(title, *lines)
    assert (found.readings.title, found.body.split("\n\n")) == (title, lines)


def test_a_title_above_dated_entries() -> None:
    """A heading above dates that each head an entry is the title, and the dates are the story's."""
    entries = [
        "12 November 2026",
        "The river is at 4.1 metres.",
        "13 November 2026",
        "Sandbags arrive at noon.",
    ]
    found = cleaned("Flood diary", *entries)
    assert (found.readings.title, found.body.split("\n\n")) == ("Flood diary", entries)


@pytest.mark.parametrize(("kicker", "known"), [("In focus", None), ("Island life", TITLE)])
def test_kicker(kicker: str, known: str | None) -> None:
    """A few words right above the title are its kicker: they leave the body, and the title is the title."""
    found = clean(Extracted("\n\n".join([kicker, TITLE, *STORY]), "plain", title=known), rules=RULES)
    assert [(span.kind, span.action) for span in found.spans] == [
        ("kicker", "metadata"),
        ("title_line", "metadata"),
    ]
    assert (found.readings.title, found.body.split("\n\n")) == (TITLE, STORY)
