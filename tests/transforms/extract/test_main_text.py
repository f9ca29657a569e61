"""Trafilatura's fast mode, done without what it does in vain, gives what it gives."""

from copy import deepcopy
from importlib.util import find_spec, module_from_spec
from pathlib import Path
from typing import Any

import pytest
import trafilatura
from hypothesis import example, given
from hypothesis import strategies as st
from justext.utils import get_stoplist, get_stoplists
from lxml.html import Element, HtmlElement, XHTMLParser, document_fromstring, tostring
from trafilatura.baseline import html2txt
from trafilatura.htmlprocessing import link_density_test
from trafilatura.settings import Extractor

from copydesk.transforms.extract.main_text import lines_of, trafilatura_text
from copydesk.transforms.extract.prune_sections import count_linked, prune_sections, weigh_links
from copydesk.transforms.extract.stop_words import stop_words
from copydesk.transforms.page.parse_page import parse_page
from copydesk.transforms.page.walk_page import walk_page

SEEDS = sorted((Path(__file__).parents[3] / "seeds" / "articles").glob("*.html"))
SENTENCE = "The harbour council voted on Tuesday night to keep the old ferry running for another winter. "
PARAGRAPHS = "".join(f"<p>On day {n} {SENTENCE}</p>" for n in range(9))
STORY = f"<article><h1>Ferry stays</h1>{PARAGRAPHS}</article>"
COMMENTS = "".join(f"<div id='comments-{n}'><p>{n} people say: {SENTENCE}</p></div>" for n in range(9))
FORUM = '<script type="application/ld+json">{"@type": "DiscussionForumPosting"}</script>'
PAGES = {
    "a story": STORY,
    "a long story": f"<article>{PARAGRAPHS * 6}</article>",
    "a story with comments": f"<article>{PARAGRAPHS}{COMMENTS}</article>",
    "a forum": f"{FORUM}<article>{PARAGRAPHS}{COMMENTS}</article>",
    "nearly nothing in paragraphs": f"<div><div><span>{SENTENCE}</span></div><p>Yes.</p></div>",
    "little of its page": STORY
    + "".join(f"<div>{n} {SENTENCE}<br>{n} times {SENTENCE}</div>" for n in range(60)),
    "a list of stories": "".join(
        f"<div class='teaser'><a href='/{n}'>{SENTENCE}</a></div>" for n in range(40)
    ),
    "another article below": STORY
    + f"<div class='mvp-post-add-box'>{PARAGRAPHS.replace('day', 'night')}</div>",
    "a table in a figure": f"<article>{PARAGRAPHS}<figure><table><tr><td>{SENTENCE}</table></figure></article>",
    "tables of layout": f"<article>{PARAGRAPHS}<table role=none><tr><td>{SENTENCE}</table></article>",
    "forms": f"<article><form>{PARAGRAPHS}</form><form><p>{SENTENCE}</form></article>",
    "lists of links in each other": f"<article>{PARAGRAPHS}<nav><nav>1</nav></nav><nav>{SENTENCE}</nav></article>",
    "a formula": f"<article>{PARAGRAPHS}<p>Since <math alttext='a+b'><mi>a</mi></math> {SENTENCE}</article>",
    "nothing": "<p></p>",
}


def own_fast_text(page: str) -> list[str]:
    options = Extractor(comments=False, tables=True, dedup=False, output_format="python", fast=True)
    document = trafilatura.bare_extraction(parse_page(page), options=options)
    return lines_of(getattr(document, "text", None) or "")


@pytest.mark.parametrize("page", [*PAGES.values(), *(file.read_text("utf-8") for file in SEEDS)])
def test_the_fast_text_is_trafilaturas_own(page: str) -> None:
    """On each way through its cascade, and the page stays as it was."""
    whole = page if "<html" in page else f"<html><body>{page}</body></html>"
    root = parse_page(whole)
    before = tostring(root)
    assert trafilatura_text(walk_page(root), fast=True) == own_fast_text(whole)
    assert tostring(root) == before


def test_stop_words_are_those_that_justext_gathers() -> None:
    """All its languages', each word in small letters."""
    words = {word.lower() for language in get_stoplists() for word in get_stoplist(language)}
    assert stop_words() == words - {""}


@pytest.mark.parametrize("page", [*PAGES.values(), *(file.read_text("utf-8") for file in SEEDS)])
def test_what_a_walk_counts_is_no_less_than_what_trafilatura_measures(page: str) -> None:
    """Or a text that is little of its page would pass for enough."""
    whole = (
        f"<html><body>{page}<noscript>{SENTENCE}</noscript><select><option>{SENTENCE}</select></body></html>"
    )
    root = parse_page(whole)
    assert walk_page(root).most_chars >= len(html2txt(root))


TAGS = st.sampled_from(["div", "div", "p", "ref", "ref", "list", "item", "graphic", "table", "span"])
TEXTS = st.sampled_from(["", " ", "Ferry", SENTENCE, SENTENCE * 2, SENTENCE * 5])
NAMES = st.sampled_from(["", "", "", "nav", "teaser", "caption", "story"])


@st.composite
def containers(draw: Any) -> HtmlElement:
    root = Element("body")
    places = [root]
    elements = st.lists(st.tuples(TAGS, TEXTS, TEXTS, NAMES), min_size=1, max_size=20)
    for tag, text, tail, name in draw(elements):
        element = Element(tag, {"class": name} if name else {})
        element.text, element.tail = text, tail
        draw(st.sampled_from(places)).append(element)
        places.append(element)
    return root


@given(containers())
def test_links_weigh_what_trafilatura_says(root: HtmlElement) -> None:
    """What a few paragraphs tell of an element is what its own test says."""
    linked = count_linked(root)
    for element in root.iter("div", "p", "list"):
        told = weigh_links(element, linked[element]) if element in linked else (False, False)
        assert told == link_density_test(element)


def its_own_pruning() -> Any:
    """What trafilatura has where ours stands."""
    spec = find_spec("trafilatura.main_extractor")
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.prune_unwanted_sections


ITS_OWN = its_own_pruning()
SHORT_AGAIN = "<body><p><p>Ferry<ref/></p> <ref>Ferry stays</ref></p> </body>"
LAST_AGAIN = (
    "<body><p><ref>Ferry stays<ref>Ferry stays</ref>Ferry<p><div/></p>Ferry</ref>Ferry</p> "
    "<p>Ferry<ref/></p> </body>"
)


def container(text: str) -> HtmlElement:
    return document_fromstring(text, parser=XHTMLParser())


@example(container(SHORT_AGAIN), "balanced", {}, 0)
@example(container(LAST_AGAIN), "balanced", {}, 0)
@given(
    containers(),
    st.sampled_from(["balanced", "recall"]),
    st.sampled_from([{}, {"keep_teasers": True}]),
    st.integers(0, 20),
)
def test_sections_are_pruned_as_by_trafilatura(root: HtmlElement, focus: str, how: Any, at: int) -> None:
    """In a container anywhere on a page, what was made of links at first or since others went is deleted."""
    other = deepcopy(root)
    inside = [list(tree.iter())[at % sum(1 for _ in tree.iter())] for tree in (root, other)]
    options = Extractor(comments=False, tables=True, dedup=False, output_format="python")
    options.focus = focus
    prune_sections(inside[0], {"table"}, options, **how)
    ITS_OWN(inside[1], {"table"}, options, **how)
    assert tostring(root) == tostring(other)
    assert tostring(inside[0]) == tostring(inside[1])
