"""One walk reads a page as the paths through its tree would."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import Element, HtmlElement, document_fromstring

from copydesk.transforms.page.parse_page import parse_page
from copydesk.transforms.page.walk_page import walk_page

TAGS = st.sampled_from(["p", "div", "a", "br", "script", "noscript", "svg", "textarea", "h1", "time"])
WORDS = st.sampled_from(["", " \n", "one", " two ", "4 March 2020"])
HIDDEN = ("script", "style", "noscript", "template", "textarea", "option", "svg")
SHOWN = "".join(f"[not(parent::{tag})]" for tag in HIDDEN)


@st.composite
def pages(draw: Any) -> HtmlElement:
    root = document_fromstring("<html><head><title>x</title></head><body></body></html>")
    places = [root.find("body")]
    for tag, text, tail in draw(st.lists(st.tuples(TAGS, WORDS, WORDS), max_size=12)):
        element = Element(tag)
        element.tail = tail
        if tag != "br":
            element.text = text
            places.append(element)
        draw(st.sampled_from([place for place in places if place is not element])).append(element)
    return root


@given(pages())
def test_texts_come_in_the_order_in_which_they_are_read(root: HtmlElement) -> None:
    """What stands behind an element comes after all that is in it, and each text is its parent's."""
    text = walk_page(root).text
    wanted = root.xpath(f"//body//text()[normalize-space()]{SHOWN}")
    assert list(text.texts) == [str(node) for node in wanted]
    assert list(text.owners) == [
        node.getparent().getparent() if node.is_tail else node.getparent() for node in wanted
    ]


@given(pages())
def test_a_walk_leaves_the_page_as_it_was_and_holds_all_of_it(root: HtmlElement) -> None:
    """All elements in order, those of a tag among them, and headings, times and dated texts with what stands before."""
    before = list(root.iter())
    page = walk_page(root)
    assert list(page.elements) == before
    assert page.tagged["a"] == list(root.iter("a"))
    assert [heading for heading, _ in page.headings] == list(root.iter("h1"))
    assert {element for element, _ in page.marked} == set(root.iter("time"))
    dated = [(each.element, each.is_tail) for each in page.dated]
    assert all("2020" in (each.element.tail if each.is_tail else each.element.text) for each in page.dated)
    assert len(set(dated)) == len(dated)
    places = [each.at for each in page.dated]
    assert places == sorted(places)


@pytest.mark.parametrize(
    "body", ["<div class='story'><p>One.</p><p>Two.</p></div>", "<p>One.</p><p>Two.</p>"]
)
def test_a_part_of_a_page_is_read_as_its_body(body: str) -> None:
    """Feeds and rows carry pages without <html>: their texts are asked for evidence like any other's."""
    part, whole = (walk_page(parse_page(page)) for page in (body, f"<html><body>{body}</body></html>"))
    assert part.text.texts == whole.text.texts == ("One.", "Two.")


def test_a_script_of_data_is_loaded_once_and_of_a_broken_one_what_can_be_read() -> None:
    """JSON-LD is whole, or mended and known to be broken; other scripts are kept as they are."""
    page = walk_page(
        document_fromstring(
            '<html><head><script type=\'application/ld+json\'>{"@type": "Article", "headline": "x"}</script>'
            '<script type=\'application/ld+json\'>{"@type": "Article", "headline": "y",}</script>'
            "<script>let x = 1</script></head><body><p>one</p></body></html>"
        )
    )
    assert [block.is_broken for block in page.json_ld.blocks] == [False, True]
    assert [node["headline"] for node in page.json_ld.nodes] == ["x", "y"]
    assert page.scripts == ("let x = 1",)
