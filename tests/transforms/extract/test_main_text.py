"""Trafilatura's fast mode, done without what it does in vain, gives what it gives."""

from pathlib import Path
from typing import Any

import pytest
import trafilatura
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import Element, HtmlElement, tostring
from trafilatura.htmlprocessing import link_density_test
from trafilatura.settings import Extractor

from copydesk.transforms.extract.main_text import lines_of, trafilatura_text
from copydesk.transforms.extract.remember_pruning import weigh_links
from copydesk.transforms.page.parse_page import parse_page

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
    assert trafilatura_text(root, fast=True) == own_fast_text(whole)
    assert tostring(root) == before


TAGS = st.sampled_from(["div", "p", "ref", "ref", "list", "item", "graphic"])
TEXTS = st.sampled_from(["", " ", "Ferry", SENTENCE, SENTENCE * 2, SENTENCE * 5])


@st.composite
def containers(draw: Any) -> HtmlElement:
    root = Element("body")
    places = [root]
    for tag, text, tail in draw(st.lists(st.tuples(TAGS, TEXTS, TEXTS), min_size=1, max_size=14)):
        element = Element(tag)
        element.text, element.tail = text, tail
        draw(st.sampled_from(places)).append(element)
        places.append(element)
    return root


@given(containers())
def test_links_weigh_what_trafilatura_says(root: HtmlElement) -> None:
    """What a few paragraphs tell of an element is what its own test says."""
    for element in root.iter("div", "p", "list"):
        assert weigh_links(element) == link_density_test(element)
        assert weigh_links(element, True) == link_density_test(element, True)
