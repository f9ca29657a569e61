"""Stories that stand where extractors do not look, and what must not be taken along with them."""

import pytest

from copydesk.transforms.extract.choose_text import _agreed, _is_doubtful, _is_run_together, _text
from copydesk.transforms.extract.extract import extract
from copydesk.transforms.records import Extracted, Payload

LEDE = [
    "The harbour council voted on Tuesday night to keep the old ferry running for another winter, against its own auditor.",
    "Councillor Ida Brandt said that the islanders had waited for that decision since the storm of last November.",
]
STORY = [
    "The ferry has carried post and schoolchildren since 1931, and its engine was rebuilt twice in the yard at Wexmouth.",
    "A new boat would cost nine million pounds, which the county says that it does not have before the end of the decade.",
    "“We can wait for a boat, but we cannot wait for a doctor,” said the island's only midwife, Ada Quill, after the vote.",
    "The first crossing of the winter timetable leaves on Monday at six in the morning, an hour earlier than it used to.",
    "Tickets are sold on board, and bicycles travel free of charge from October until the end of March, as in past years.",
]
ITEMS = [
    "Adults pay four pounds each way.",
    "Children under twelve travel free.",
    "Dogs pay a pound and stay on deck.",
]
NAV = '<nav><a href="/">Home</a> <a href="/news">News</a></nav>'


def _p(lines: list[str]) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


def _list(tag: str = "ul") -> str:
    return f"<{tag}>{''.join(f'<li>{item}</li>' for item in ITEMS)}</{tag}>"


def read(body: str, *, lang: str = "en", title: str = "Ferry stays") -> Extracted:
    return extract(
        Payload(
            f'<html lang="{lang}"><head><title>{title}</title></head><body>{body}</body></html>',
            "text/html",
        )
    )


WHOLE = {
    "list below body": f"<h1>Ferry stays</h1>{_p(LEDE + STORY[:3])}{_list()}{_p(STORY[3:])}",
    "ordered list below body": f"<h1>Ferry stays</h1>{_p(LEDE + STORY[:3])}{_list('ol')}{_p(STORY[3:])}",
    "lede in a container of its own": (
        f"{NAV}<main><h1>Ferry stays</h1><div class=intro><div>{_p(LEDE)}</div></div>"
        f"<div class=story-body>{_p(STORY)}</div>{_list()}</main>"
    ),
    "lede in the header": (
        f"{NAV}<article><header><h1>Ferry stays</h1>{_p(LEDE)}</header><div class=text>{_p(STORY)}</div>{_list()}</article>"
    ),
    "story in an aside": (
        "<div class=cookie-consent><p>We use cookies to make this site work and to show you content that suits you. By "
        f"clicking accept you agree to them.</p></div><aside class=main-col><h1>Ferry stays</h1>{_p(LEDE + STORY)}{_list()}</aside>"
    ),
    "story in a sidebar": f"{NAV}<aside class='sidebar story'><h1>Ferry stays</h1>{_p(LEDE + STORY)}</aside>",
    "story among comments": f"{NAV}<div class=comments><h1>Ferry stays</h1>{_p(LEDE + STORY)}</div>",
    "story in a form": f"{NAV}<form id=aspnet><h1>Ferry stays</h1><div class=text>{_p(LEDE + STORY)}{_list()}</div></form>",
    "one paragraph is a link": (
        f"{NAV}<article><h1>Ferry stays</h1><div class=text>{_p(LEDE)}<p><a href=/vote>{STORY[0]}</a></p>{_p(STORY[1:])}</div></article>"
    ),
    "two columns": (
        f"<article><h1>Ferry stays</h1><div class=columns><div class=left>{_p(LEDE + STORY[:2])}</div>"
        f"<div class=right>{_p(STORY[2:])}{_list()}</div></div></article>"
    ),
}  # fmt: skip


@pytest.mark.parametrize("page", WHOLE.values(), ids=WHOLE)
def test_a_story_is_found_whole_wherever_it_stands(page: str) -> None:
    """Every paragraph is there, once and in its order, and nothing of the page's furniture."""
    text = read(page).text
    places = [text.find(line) for line in LEDE + STORY]
    assert -1 not in places
    assert places == sorted(places)
    assert all(text.count(line) == 1 for line in LEDE + STORY)
    assert "cookies" not in text


def test_a_short_story_beside_its_headline() -> None:
    """Three paragraphs are enough of a story, though they stand in what is named for asides."""
    page = f"{NAV}<h1>Ferry stays</h1><aside>{_p((LEDE + STORY)[:3])}</aside>"
    assert [line for line in (LEDE + STORY)[:3] if line not in read(page).text] == []


@pytest.mark.parametrize("name", ["list below body", "ordered list below body", "two columns"])
def test_a_list_among_the_paragraphs_is_the_storys(name: str) -> None:
    """No item of a list that stands beside paragraphs of the story is lost."""
    text = read(WHOLE[name]).text
    assert [item for item in ITEMS if item not in text] == []


@pytest.mark.parametrize(
    "furniture",
    [
        '<div class="newsletter-box"><p>Sign up for our letter from the islands, every Friday in your box.</p><p>It is free of charge and you can leave it at any time.</p></div>',
        '<ul class="related"><li><a href="/1">Ferry breaks down on first day of spring</a></li><li><a href="/2">Council looks for a new captain</a></li></ul>',
        '<div class="byline"><p>Ada Quill writes about ships, harbours and the people who live from them.</p><p>She has won prizes for her reports.</p></div>',
    ],
    ids=["newsletter", "teasers", "author"],
)
def test_furniture_between_headline_and_story_is_not_taken_along(furniture: str) -> None:
    """What containers call an appeal, a list of links or a portrait is not rescued."""
    page = f"<main><h1>Ferry stays</h1>{furniture}<div class=story-body>{_p(LEDE + STORY)}</div></main>"
    assert read(page).text.removeprefix("Ferry stays\n").startswith(LEDE[0])


def test_joiners_stay() -> None:
    """A family of emoji is one sign, and Persian words are written with a mark of no width."""
    line = "The mayor showed 👩\u200d👩\u200d👧\u200d👦 and wrote می\u200cخواهم <b>below the</b> picture of the old boat."
    text = read(f"<article><h1>Ferry stays</h1>{_p([*LEDE, line, *STORY])}</article>").text
    assert "👩\u200d👩\u200d👧\u200d👦 and wrote می\u200cخواهم below the picture" in text


GERMAN = [
    "Der Stadtrat hat am Dienstagabend beschlossen, das alte Hallenbad noch mindestens zwei Jahre offen zu halten.",
    "Die Bürgermeisterin sagte, die Sanierung werde rund drei Millionen Euro kosten und erst im Frühjahr beginnen.",
    "Die Schwimmvereine hatten mit einer Unterschriftensammlung für den Erhalt geworben und viel Zuspruch erfahren.",
    "Kritik kam von der Opposition, die das Geld lieber in die Grundschule stecken wollte, wo Klassenräume fehlen.",
]


def test_the_text_is_believed_against_a_templates_language() -> None:
    """A page that clearly speaks another language than its lang attribute says is of that language."""
    assert read(f"<article><h1>Hallenbad</h1>{_p(GERMAN)}</article>").language == "de"


@pytest.mark.parametrize("lang", ["lb", "nds", "de-AT"])
def test_a_language_that_a_guess_confuses_is_as_declared(lang: str) -> None:
    """A declaration stands against a guess for a near relation."""
    assert read(f"<article><h1>Hallenbad</h1>{_p(GERMAN)}</article>", lang=lang).language == lang[:3].rstrip(
        "-"
    )


def test_soft_hyphens_are_no_letters_of_a_title() -> None:
    """Where a line may break is not part of a headline."""
    page = f"<article><h1>Heli\u00adkopter&shy;lande\u200bplatz</h1>{_p(LEDE + STORY)}</article>"
    assert read(page, title="Helikopterlande\u00adplatz").title == "Helikopterlandeplatz"


@pytest.mark.parametrize(
    ("heading", "title"),
    [("h2", "Ferry stays afloat - Kelvar Tide"), ("h1", "Ferry stays afloat_Kelvar")],
)
def test_a_title_ends_where_the_heading_of_the_page_does(heading: str, title: str) -> None:
    """What stands behind the shown heading in <title> is the site's name, whatever sign divides them."""
    page = f"<div><{heading}>Ferry stays afloat</{heading}>{_p(LEDE + STORY)}</div>"
    assert read(page, title=title).title == "Ferry stays afloat"


def test_a_text_whose_paragraphs_ran_together_is_known_by_one_that_has_them() -> None:
    """Of two opinions with the same words, the one with paragraphs is the better; another text is another one."""
    text, flat = _text("one", LEDE + STORY), _text("two", [" ".join(LEDE + STORY)])
    assert _is_run_together(flat, text)
    assert not _is_run_together(flat, _text("three", GERMAN * 2))
    assert not _is_run_together(text, text)


def is_doubtful(lines: list[str], others: list[str]) -> bool:
    text, other = _text("one", lines), _text("two", others)
    return _is_doubtful(text, [(other, _agreed(text, other))])


def test_a_text_that_no_other_reading_confirms_is_partial() -> None:
    """Where another opinion of the page holds far more, a text is not silently full."""
    assert is_doubtful(STORY[:2], LEDE + STORY)
    assert not is_doubtful(STORY[:2], STORY[:2])


def test_a_small_box_says_nothing_of_a_text() -> None:
    """An opinion of a fraction of the text's size makes it no less full."""
    box = ["Our correspondents are on the islands all year round. " * 6]
    assert not is_doubtful([*LEDE, *STORY, *LEDE, *STORY], box)


BOXES = ["div class=lead", "div class=article-intro", "section class=intro", "header", "div class=hero-text"]
LAST = [
    "Brandt means to ask the county for a second boat in spring, when the ice is gone.",
    "Nobody on the islands is betting on it.",
]


@pytest.mark.parametrize("box", BOXES)
def test_one_opening_paragraph_in_a_box_of_its_own_is_the_storys(box: str) -> None:
    """A lede stays, whatever the container above the body's is called, and the body need not be long."""
    page = f"<article><h1>Ferry stays</h1><{box}>{_p(LEDE[:1])}</{box.split(maxsplit=1)[0]}><div class=article-body>{_p(STORY[:3])}</div></article>"
    assert LEDE[0] in read(page).text.split("\n")


def test_one_opening_paragraph_that_the_story_says_again_is_its_standfirst() -> None:
    """What a box named for it says before the story says the same is read as dek, and on record."""
    dek = "The harbour council keeps the old ferry running for another winter, against its own auditor."
    page = f"<article><h1>Ferry stays</h1><div class=article-intro><p>{dek}</p></div><div class=text>{_p(LEDE + STORY)}</div></article>"
    assert read(page).dek == dek


@pytest.mark.parametrize("between", ["", "<div class=ad>Advertisement</div>"])
def test_closing_paragraphs_in_a_box_beside_the_storys_stay(between: str) -> None:
    """A body in two parts is whole, though an advertisement parts them."""
    page = f"<h1>Ferry stays</h1><div class=article-body>{_p(LEDE + STORY)}</div>{between}<div class=article-end>{_p(LAST)}</div>"
    assert [line for line in LAST if line not in read(page).text.split("\n")] == []


def test_a_closing_box_named_like_the_storys_needs_no_tie() -> None:
    """`article-end` beside `article-body` goes on with it, whatever it says."""
    last = "On the quay somebody was whistling, and nobody asked what."
    page = f"<h1>Ferry stays</h1><div class=article-body>{_p(LEDE + STORY)}</div><div class=article-end>{_p([last])}</div>"
    assert read(page).text.endswith(last)


@pytest.mark.parametrize(
    "furniture",
    [
        "<div class=outro><p>We answer your letters every Friday at noon, by hand.</p><p>Stamps are welcome.</p></div>",
        "<div class=newsletter><p>Brandt writes a letter about the council every Friday.</p></div>",
        "<div class=list><p><a href=/1>Brandt wants a second boat.</a></p></div>",
    ],
)
def test_what_stands_below_a_story_and_is_none_of_it_stays_out(furniture: str) -> None:
    """Without a tie to the story, in a container of another kind, or as a link elsewhere, nothing comes back."""
    page = f"<h1>Ferry stays</h1><div class=article-body>{_p(LEDE + STORY)}</div>{furniture}"
    assert read(page).text.endswith(STORY[-1])


@pytest.mark.parametrize(("box", "completeness"), [("aside", "partial"), ("div class=newsletter", "full")])
def test_sentences_left_out_amid_a_story_make_it_partial(box: str, completeness: str) -> None:
    """What extraction leaves out amid a story is on record, and the page is not called full; appeals are not missed."""
    page = (
        f"<article><h1>Ferry stays</h1>{_p(LEDE + STORY[:2])}<{box}>"
        f"<p>The midwife of Wexmouth has kept a diary of every crossing since she came to the island in 1998.</p>"
        f"</{box.split(maxsplit=1)[0]}>{_p(STORY[2:])}</article>"
    )
    found = read(page)
    assert found.completeness == completeness
    assert "midwife of Wexmouth" in found.text
    assert "midwife of Wexmouth" not in "\n".join(
        line for line, told in zip(found.text.split("\n"), found.lines, strict=True) if not told.is_left_out
    )
