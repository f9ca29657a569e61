"""Turn the characters of a page into a tree, once, with a guard against pages that are built to hurt."""

import re
from collections.abc import Iterator
from typing import Any

from lxml.etree import ElementDefaultClassLookup, ParserError
from lxml.html import HtmlElement, HTMLParser, fromstring

from copydesk.schemas.reasons import Reason
from copydesk.transforms.refuse import Unextractable

PAGE_LIMIT_CHARS = 20_000_000
# The largest of 1,193 real pages has under 30,000 tags.
TAG_LIMIT = 250_000
# Duplicate attributes are looked for pairwise in libxml2: 100,000 of them in one tag take 23 s.
ATTRIBUTE_LIMIT = 2_000
LONG_TAG_CHARS = 20_000
TAG_NAME = re.compile(r"[a-zA-Z]")
XML_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,200}\?>")
# lxml loses the head of a page whose doctype is written as a self-closing tag.
BROKEN_DOCTYPE = re.compile(r"\s*<\s?!\s?doctype[^<>]{0,300}/\s*[^<>]{0,300}>", re.IGNORECASE)
SELF_CLOSED_HTML = re.compile(r"(<html\b[^<>]{0,1000}?)\s*/>", re.IGNORECASE)
BEGINNING_CHARS = 3_000
# Allowed nowhere in XML, and lxml refuses to write them into a tree once it has read them from a page.
CONTROL_BYTES = bytes([*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20)])
NONCHARACTERS = ("\ufffe".encode(), "\uffff".encode())
FIRST_OF_NONCHARACTERS = b"\xef"

# lxml.html asks a Python method for the class of each element that a walk touches; this table answers in C.
PLAIN_ELEMENTS = ElementDefaultClassLookup(element=HtmlElement)


def parse_page(html: str) -> Any:
    """Give the root element of a page.

    Raises `Unextractable` for pages that are too large, too complex, nested so deeply that the parser would
    leave text out in silence (libxml2 stops at 2,048 levels), or no HTML at all.
    """
    _refuse_poison(html)
    parser = HTMLParser(
        collect_ids=False,
        default_doctype=False,
        encoding="utf-8",
        remove_comments=True,
        remove_pis=True,
        huge_tree=True,
    )
    parser.set_element_class_lookup(PLAIN_ELEMENTS)
    try:
        root = fromstring(_without_control_characters(_repair(html)), parser=parser)
    except (ParserError, ValueError) as error:
        raise Unextractable(Reason.NOT_HTML, str(error)) from error
    for entry in parser.error_log:
        if "depth" in entry.message and entry.type_name == "ERR_RESOURCE_LIMIT":
            raise Unextractable(Reason.TOO_DEEP, entry.message)
    if root.tag != "html" and "<" not in html:
        raise Unextractable(Reason.NOT_HTML, "no tag in it")
    return root


def _refuse_poison(html: str) -> None:
    if len(html) > PAGE_LIMIT_CHARS:
        raise Unextractable(Reason.TOO_LARGE, f"{len(html)} characters")
    tags = html.count("<") if len(html) >= TAG_LIMIT else 0
    if tags >= TAG_LIMIT:
        raise Unextractable(Reason.TOO_COMPLEX, f"{tags} tags")
    for piece in _long_pieces(html):
        attributes = piece.partition(">")[0].count("=") if TAG_NAME.match(piece) else 0
        if attributes > ATTRIBUTE_LIMIT:
            raise Unextractable(Reason.TOO_COMPLEX, f"{attributes} attributes in one tag")


def _long_pieces(html: str) -> Iterator[str]:
    """Give what stands between two `<` far from each other, in leaps from one to the last that is near it."""
    at = html.find("<")
    while at >= 0:
        last = html.rfind("<", at + 1, at + 2 + LONG_TAG_CHARS)
        if last < 0:
            last = html.find("<", at + 1)
            piece = html[at + 1 : last if last >= 0 else len(html)]
            if len(piece) > LONG_TAG_CHARS:
                yield piece
        at = last


def _repair(html: str) -> str:
    """Mend what makes libxml2 lose the head of a page."""
    beginning = html[:BEGINNING_CHARS]
    mended = (
        XML_DECLARATION.sub("", beginning, count=1) if beginning.lstrip().startswith("<?xml") else beginning
    )
    mended = SELF_CLOSED_HTML.sub(r"\1>", BROKEN_DOCTYPE.sub("", mended, count=1), count=1)
    return html if mended == beginning else mended + html[BEGINNING_CHARS:]


def _without_control_characters(html: str) -> bytes:
    encoded = html.encode()
    if FIRST_OF_NONCHARACTERS in encoded:  # one byte is found at once, and few pages have it
        for noncharacter in NONCHARACTERS:
            encoded = encoded.replace(noncharacter, b"")
    return encoded.translate(None, CONTROL_BYTES)
