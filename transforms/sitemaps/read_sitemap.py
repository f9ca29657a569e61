"""Enters: the decoded pieces of a sitemap of any kind. Leaves: its addresses, one at a time.

The file is never held whole: a pull parser is fed piece by piece, and each element is let go once it is read.
Entities are not expanded and nothing is fetched.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from lxml import etree

from copydesk.transforms.charsets.mend_xml import as_utf8, mend_references

_LONGEST_REFERENCE = 40
_WEB = ("http://", "https://")


class NotASitemapError(ValueError):
    """The file is no sitemap; `root` names its first element, if it is XML at all."""

    def __init__(self, message: str, root: str | None = None) -> None:
        super().__init__(message)
        self.root = root


@dataclass(frozen=True, slots=True)
class ListedPage:
    """An address of a sitemap, as written, which may be relative; dates, too. The rest is of a news sitemap."""

    url: str
    lastmod: str | None = None
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class ListedSitemap:
    """A further sitemap that an index names, its address as written."""

    url: str
    lastmod: str | None = None


Listed = ListedPage | ListedSitemap


def read_sitemap(pieces: Iterable[bytes]) -> Iterator[Listed]:
    """Yield what a sitemap, a sitemap index or a plain list of addresses names.

    A fault in the middle ends the reading after what came before it, as search engines do.
    """
    pieces = iter(pieces)
    first = next((piece for piece in pieces if piece.strip()), b"")
    if not first:
        raise NotASitemapError("empty")
    start = first.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"<") or first.startswith((b"\xff\xfe", b"\xfe\xff")):
        yield from _read_xml(chain([start if start.startswith(b"<") else first], pieces))
    else:
        yield from _read_lines(chain([start], pieces))


def _read_lines(pieces: Iterator[bytes]) -> Iterator[Listed]:
    rest, has_any = b"", False
    for piece in pieces:
        *lines, rest = (rest + piece).splitlines(keepends=True) or [b""]
        for line in lines:
            if url := _address(line):
                has_any = True
                yield ListedPage(url)
        if len(rest) > 100_000:
            break
    if url := _address(rest):
        yield ListedPage(url)
    elif not has_any:
        raise NotASitemapError("neither XML nor a list of addresses")


def _address(line: bytes) -> str | None:
    text = line.strip().decode("utf-8", "replace")
    return text if text.lower().startswith(_WEB) else None


def _read_xml(pieces: Iterator[bytes]) -> Iterator[Listed]:
    parser = etree.XMLPullParser(
        events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False, recover=True,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    is_rooted = False
    for piece in _mended(as_utf8(pieces)):
        try:
            parser.feed(piece)
        except etree.XMLSyntaxError as error:
            if not is_rooted:
                raise NotASitemapError(f"broken XML: {error}") from None
            return
        for event, element in parser.read_events():
            if not is_rooted:
                _check_root(element)
                is_rooted = True
            if event == "end" and (listed := _listed(element)):
                yield listed
    if not is_rooted:
        raise NotASitemapError("XML without an element")


def _mended(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Mend references to no character, also where one lies across two pieces."""
    rest = b""
    for piece in pieces:
        whole = rest + piece
        begun = whole.rfind(b"&", max(0, len(whole) - _LONGEST_REFERENCE))
        end = len(whole) if begun < 0 or b";" in whole[begun:] else begun
        rest = whole[end:]
        if end:
            yield mend_references(whole[:end])
    if rest:
        yield mend_references(rest)


def _check_root(element: etree._Element) -> None:
    root = _name(element)
    if root not in {"urlset", "sitemapindex"}:
        raise NotASitemapError(f"the first element is <{root[:40]}>", root)


def _listed(element: etree._Element) -> Listed | None:
    name = _name(element)
    if name not in {"url", "sitemap"}:
        return None
    fields: dict[str, str] = {}
    for child in element.iter():
        if isinstance(child.tag, str) and (text := _text(child)):
            # image:loc and video:title stand deeper and must not win over the page's own.
            key = (
                _name(child) if child.getparent() is element else f"{_name(child.getparent())}.{_name(child)}"
            )
            fields.setdefault(key, text)
    element.clear()
    while (before := element.getprevious()) is not None:
        element.getparent().remove(before)
    url = fields.get("loc")
    if not url:
        return None
    if name == "sitemap":
        return ListedSitemap(url, fields.get("lastmod"))
    return ListedPage(
        url,
        fields.get("lastmod"),
        fields.get("news.title"),
        fields.get("news.publication_date"),
        fields.get("publication.name"),
        fields.get("publication.language"),
    )


def _text(element: etree._Element) -> str:
    """Return the text as written: what an entity would stand for is not known, but that it stands there is."""
    parts = [element.text or ""]
    for child in element:
        if child.tag is etree.Entity:
            parts += [child.text or "", child.tail or ""]
    return "".join(parts).strip()


def _name(element: etree._Element | None) -> str:
    tag = element.tag if element is not None else ""
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""
