"""Extraction holds trafilatura's text against the page: what it lost comes back, and what it chose wrongly goes."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.transforms.extract.extract import extract
from copydesk.transforms.extract.main_text import RESILIPARSE, TRAFILATURA, article_body_text
from copydesk.transforms.extract.restore_paragraphs import restore_paragraphs
from copydesk.transforms.page.page_text import PageText, TextRange, locate
from copydesk.transforms.page.parse_page import parse_page
from copydesk.transforms.page.walk_page import walk_page
from copydesk.transforms.records import Extracted, Payload
from copydesk.transforms.text.letters_of import letters_of

MILLS = [
    f"Paragraph {n} of the report on the {word} mill tells at some length what the inspectors found there in May."
    for n, word in enumerate(
        ["upper", "lower", "old", "new", "burnt", "sunken", "royal", "paper", "corn", "saw"]
    )
]
STORY = MILLS[:8]


def payload(body: str, head: str = "") -> Payload:
    return Payload(
        f"<html><head><title>The mills</title>{head}</head><body>{body}</body></html>", "text/html"
    )


def text_of(html: str) -> PageText:
    return walk_page(parse_page(f"<html><body>{html}</body></html>")).text


def restore(html: str, have: list[str], second: list[str]) -> list[str]:
    """What one extractor has, with what comes back of another's lines."""
    page = text_of(html)
    folded = [letters_of(line) for line in have]
    others = [letters_of(line) for line in second]
    return restore_paragraphs(have, "".join(folded), locate(page, folded), others, page)


def paragraphs(lines: list[str]) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


def test_a_paragraph_lost_from_the_midst_comes_back_in_its_place() -> None:
    """What the second opinion has between first and last line, in the story's container, is restored in order."""
    have = [line for index, line in enumerate(STORY) if index not in (2, 5)]
    assert restore(f"<div class='story'>{paragraphs(STORY)}</div>", have, STORY) == STORY


@pytest.mark.parametrize(
    "block",
    [
        pytest.param("<div class='promo'><p>{}</p></div>", id="another container"),
        pytest.param("<p><a href='/x'>{}</a></p>", id="a link"),
        pytest.param("<div>{}</div>", id="no paragraph"),
    ],
)
def test_what_is_not_the_storys_own_is_not_restored(block: str) -> None:
    """A second opinion is less precise: alone it restores nothing."""
    extra = "Subscribers of the mill gazette read this box every morning with their tea and toast"
    html = paragraphs(STORY[:4]) + block.format(extra) + paragraphs(STORY[4:])
    second = [*STORY[:4], extra, *STORY[4:]]
    assert restore(f"<div class='story'>{html}</div>", STORY, second) == STORY


def test_a_sentence_that_is_a_link_comes_back_and_a_teaser_does_not() -> None:
    """Among paragraphs, a second opinion's paragraph that is one link and ends with a stop is the story's."""
    linked = f"<div class='story'>{paragraphs(STORY[:2])}<p><a href='/x'>{STORY[2]}</a></p>{paragraphs(STORY[3:])}</div>"
    have = [line for line in STORY if line != STORY[2]]
    assert restored(linked, have, STORY) == [STORY[2]]


def test_nothing_comes_back_right_behind_the_last_line_of_a_text_that_is_whole() -> None:
    """The place where a text ends is not in its midst."""
    story = f"<div class='story'>{paragraphs(MILLS)}</div>"
    assert restored(story, MILLS[:8], MILLS) == []


def restored(html: str, have: list[str], second: list[str]) -> list[str]:
    """The lines that come back to those that one extractor has, of those that another one sees."""
    return [line for line in restore(html, have, second) if line not in have]


@pytest.mark.parametrize(
    ("count", "is_cut"), [pytest.param(7, True, id="seven of ten"), pytest.param(8, False, id="eight of ten")]
)
def test_only_a_text_that_is_clearly_cut_is_made_longer_to_the_end(count: int, *, is_cut: bool) -> None:
    """At the end stand appeals as well: what holds three quarters of the other's text is taken for whole."""
    story = f"<div class='story'>{paragraphs(MILLS)}</div>"
    assert (MILLS[-1] in restored(story, MILLS[:count], MILLS)) is is_cut


@pytest.mark.parametrize(
    ("count", "lost"), [pytest.param(1, [], id="a sixth"), pytest.param(3, [STORY[4]], id="three eighths")]
)
def test_a_container_is_the_storys_from_a_third_on(count: int, lost: list[str]) -> None:
    """A paragraph comes back into a container that holds a good share of the text, not into a box that holds a line."""
    box = [*STORY[4 : 5 + count]]
    html = f"<div>{paragraphs(STORY[:3])}</div><div class='box'>{paragraphs(box)}</div><div>{paragraphs(MILLS[8:])}</div>"
    have = [*STORY[:3], *box[1:], *MILLS[8:]]
    assert restored(html, have, [*STORY[:3], *box, *MILLS[8:]]) == lost


@pytest.mark.parametrize(("line", "lost"), [("Aye!", []), ("Aye, sir!", ["Aye, sir!"])])
def test_a_word_alone_is_not_restored(line: str, lost: list[str]) -> None:
    """Fewer than five letters stand anywhere on a page."""
    lines = [*STORY[:4], line, *STORY[4:]]
    assert restored(f"<div class='story'>{paragraphs(lines)}</div>", STORY, lines) == lost


def test_a_page_whose_text_is_only_in_its_article_body_is_read_from_there() -> None:
    """Pages drawn by scripts hold their text in JSON-LD alone; its markup and entities do not leak."""
    body = "\\n".join(STORY).replace("report", "<b>report</b> &amp; map")
    head = f'<script type="application/ld+json">{{"@type": "NewsArticle", "articleBody": "{body}"}}</script>'
    text = extract(payload("<div id='app'><p>Loading, please wait a moment.</p></div>", head)).text
    assert text.split("\n") == [line.replace("report", "report & map") for line in STORY]


def test_an_article_body_that_holds_only_the_beginning_is_not_preferred() -> None:
    """Many articleBody properties are a summary."""
    head = f'<script type="application/ld+json">{{"@type": "NewsArticle", "articleBody": "{" ".join(STORY[:3])}"}}</script>'
    extracted = extract(payload(f"<article>{paragraphs(STORY)}</article>", head))
    assert extracted.text.split("\n") == STORY


DYKES = [line.replace("mill", "dyke").replace("Paragraph", "Section") for line in MILLS]
KEYS = [
    f"The house of the keeper of the {word} stands empty, and the parish wants to sell it before the frost comes; who"
    " wants to see it may ask for the key at the bakery in the lane behind the church every day but Sunday."
    for word in ("lock", "weir")
]


def extractor_of(body: str, head: str = "") -> str:
    """Which extractor's text a page ends up with, without its release."""
    return extract(payload(body, head)).extractor.partition(" + ")[0].replace(TRAFILATURA, "trafilatura")


def declared(lines: list[str]) -> str:
    ld = json.dumps({"@type": "NewsArticle", "articleBody": "\n".join(lines)})
    return f'<script type="application/ld+json">{ld}</script>'


def test_an_article_body_that_is_an_excerpt_does_not_stand_for_a_text_run_together() -> None:
    """A blog's paragraph of many broken lines stays, though the page declares its first lines as lines."""
    lines = [
        f"+ Added the {word} kind of stone, which is found below the hills" for word in "abcdefghijklmnopqrst"
    ]
    html = f"<table><tr><td><h3>Update</h3><p>{'<br>'.join(lines)}</p></td></tr></table>"
    assert extract(payload(html, declared(lines[:8]))).text.split("\n") == ["Update", *lines]


@pytest.mark.parametrize(
    ("beside", "extractor"),
    [
        pytest.param(MILLS[:2], "trafilatura fast", id="two thirds of what the other sees"),
        pytest.param(MILLS[:3], "trafilatura", id="just over half"),
        pytest.param(MILLS[:7], "trafilatura", id="over a third"),
        pytest.param(MILLS[:8], RESILIPARSE, id="under a third"),
    ],
)
def test_a_small_box_is_not_taken_for_the_story_beside_it(beside: list[str], extractor: str) -> None:
    """The less of a page a text is, the less it is believed: read again with care, then not taken at all."""
    html = f"<div class='promo'>{paragraphs(beside)}</div><article class='x'>{paragraphs(KEYS)}</article>"
    assert extractor_of(html) == extractor


@pytest.mark.parametrize(
    ("count", "extractor"),
    [
        pytest.param(2, "trafilatura", id="168 letters: any page has so many, read again"),
        pytest.param(4, "trafilatura fast", id="332 letters: a short report"),
    ],
)
def test_a_text_of_a_few_words_is_read_again(count: int, extractor: str) -> None:
    """What is too short to be a report may be a box, though nothing else is seen on the page."""
    assert extractor_of(f"<article>{paragraphs(MILLS[:count])}</article>") == extractor


@pytest.mark.parametrize(
    ("items", "extractor"),
    [
        pytest.param(3, "trafilatura fast", id="not twice"),
        pytest.param(6, "trafilatura", id="more than twice"),
    ],
)
def test_a_text_twice_as_long_as_the_second_opinion_is_read_again(items: int, extractor: str) -> None:
    """A list below the story can be the page's own: the second opinion leaves it out."""
    below = "".join(f"<li>{line}</li>" for line in MILLS[4 : 4 + items])
    assert extractor_of(f"<article>{paragraphs(MILLS[:4])}<ul>{below}</ul></article>") == extractor


@pytest.mark.parametrize(
    ("body", "head", "extractor"),
    [
        pytest.param(MILLS[:5] + DYKES[:4], declared(MILLS), "articleBody 1", id="half of the declared is there"),
        pytest.param(MILLS[:7] + DYKES[:2], declared(MILLS), "trafilatura fast", id="most of the declared is there"),
        pytest.param(MILLS, declared(DYKES[:7]), "trafilatura fast", id="a declared summary, shorter than the text"),
        pytest.param(MILLS, declared(DYKES), "articleBody 1", id="a declared text of the same length"),
    ],
)  # fmt: skip
def test_an_article_body_stands_for_a_text_that_lacks_most_of_it(
    body: list[str], head: str, extractor: str
) -> None:
    """A page that declares a text of the same size and shows another one is read as it declares itself."""
    assert extractor_of(f"<article>{paragraphs(body)}</article>", head) == extractor


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        pytest.param("One.\nTwo.", ["One.", "Two."], id="plain"),
        pytest.param("<p>One.</p><p>Two.</p>", ["One.", "Two."], id="markup"),
        pytest.param("&lt;p&gt;One &amp;amp; half.&lt;/p&gt;", ["One & half."], id="escaped markup"),
        pytest.param("5 < 6 and 7 > 3", ["5 < 6 and 7 > 3"], id="no markup"),
        pytest.param(None, [], id="none"),
        pytest.param(["One."], [], id="no string"),
    ],
)
def test_an_article_body_is_read_as_lines(body: object, lines: list[str]) -> None:
    """Markup and entities are undone, and signs that are none stay."""
    assert article_body_text({"articleBody": body}) == lines


def evidence_of(extracted: Extracted, line: str) -> tuple[float | None, str]:
    found = extracted.lines[extracted.text.split("\n").index(line)]
    return found.link_ratio, found.container


def test_evidence_is_parallel_to_the_lines_and_tells_links_and_containers() -> None:
    """Each line has its evidence: share of links, and names of the containers, nearest first."""
    linked = "See the full list of all the mills of the province and their owners"
    html = paragraphs(STORY[:4]) + f"<p class='more'><a href='/l'>{linked}</a></p>" + paragraphs(STORY[4:])
    extracted = extract(payload(f"<article id='a1'><div class='story text'>{html}</div></article>"))
    assert len(extracted.lines) == len(extracted.text.split("\n"))
    assert evidence_of(extracted, linked) == (1.0, "p more > div story text > article a1")
    assert evidence_of(extracted, STORY[0]) == (0.0, "p > div story text > article a1")


@pytest.mark.parametrize(
    ("attribute", "share"), [("name='mills'", 0.0), ("id='mills'", 0.0), ("href='/l'", 1.0)]
)
def test_a_mark_that_leads_nowhere_is_no_link(attribute: str, share: float) -> None:
    """A paragraph that another one of the page jumps to is the story's."""
    asked = "Do you expect that the mills of the province will ever turn again, and who is to pay for it?"
    html = paragraphs(STORY[:4]) + f"<p><a {attribute}>{asked}</a></p>" + paragraphs(STORY[4:])
    extracted = extract(payload(f"<article><div>{html}</div></article>"))
    assert evidence_of(extracted, asked)[0] == share


WORDS = st.lists(
    st.text(st.characters(categories=["Ll", "Lu", "Nd"]), min_size=1, max_size=8), min_size=1, max_size=8
)


@settings(max_examples=60)
@given(st.lists(WORDS, min_size=1, max_size=12))
def test_lines_are_found_where_they_stand(lines: list[list[str]]) -> None:
    """Lines taken from a page are found on it, in order, whatever tags and spaces part their words."""
    html = "".join(f"<p>{'<b> '.join(words)}</p>" for words in lines)
    page = text_of(html)
    folded = [letters_of("".join(words)) for words in lines]
    for line, place in zip(folded, locate(page, folded), strict=True):
        assert place is None if len(line) < 3 else place == TextRange(place.start, place.start + len(line))  # type: ignore[union-attr]
        assert place is None or page.folded[place.start : place.end] == line
