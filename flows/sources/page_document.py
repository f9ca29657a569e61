"""Enters: an answer, and what its listing said of the page. Leaves: the document, as the pipeline takes it."""

import re
from datetime import datetime
from html import escape, unescape
from typing import Any

from copydesk.flows.fetch.exchange import HttpResponse
from copydesk.flows.fetch.judge_response import charset_of, media_type_of
from copydesk.flows.read.raw_document import RawDocument
from copydesk.flows.read.read_warc import KEPT_HEADERS
from copydesk.flows.sources.listed import Listed, TextPlace
from copydesk.flows.sources.source import Source
from copydesk.transforms.charsets.decode import is_plainly_utf8
from copydesk.transforms.extract.judge_completeness import CUT_SHORT
from copydesk.transforms.normalise_url import normalise_url
from copydesk.transforms.text.letters_of import letters_of

_NAMELESS = frozenset(
    {"", "application/octet-stream", "application/xhtml+xml", "application/xml", "text/xml"}
)


def page_document(source: Source, listed: Listed, response: HttpResponse) -> RawDocument:
    """Make the document of a page; the feed's own text goes with it, for where the page has less."""
    media_type = media_type_of(response.headers)
    return RawDocument(
        origin=listed.url,
        payload=response.body,
        media_type="text/html" if media_type in _NAMELESS else media_type,
        fetched_at=response.fetched_at,
        charset=charset_of(response.headers),
        encoding=None if source.encoding is None or is_plainly_utf8(response.body) else source.encoding,
        url=response.final_url,
        http_status=response.status,
        http_headers={
            name: response.headers[name][:1_000] for name in KEPT_HEADERS if name in response.headers
        },
        robots_decision=response.robots_decision,
        **_said_of_it(source, listed),
    )


def content_document(
    source: Source, listed: Listed, *, fetched_at: datetime, robots_decision: str | None
) -> RawDocument | None:
    """Make a document of the text that a feed carries itself; null where that is no more than a teaser."""
    content, summary, title = (
        listed.metadata.get(name) or "" for name in ("content_html", "summary_html", "title")
    )
    has_page = source.fetches_pages and listed.text_place is TextPlace.PAGE
    if has_page and not is_whole_text(content, summary=summary, title=title, url=listed.url):
        return None
    content = content or summary
    if not content:
        return None
    page = (
        f"<html><head><title>{escape(title)}</title></head><body><article>{content}</article></body></html>"
    )
    return RawDocument(
        origin=listed.url,
        payload=page.encode("utf-8", "replace"),
        media_type="text/html",
        fetched_at=fetched_at,
        charset="utf-8",
        url=listed.url if listed.text_place is TextPlace.PAGE else None,
        robots_decision=robots_decision,
        **_said_of_it(source, listed),
    )


def _said_of_it(source: Source, listed: Listed) -> dict[str, Any]:
    said = listed.metadata
    return {
        "source_id": source.source_id,
        "external_id": said.get("entry_id"),
        "title": said.get("title"),
        "authors": tuple(said.get("authors", ())),
        "language": said.get("language") or source.language,
        "publisher": source.publisher or said.get("publisher"),
        "published_at": said.get("published_at") or said.get("published"),
        "timezone": source.timezone,
        "feed_metadata": dict(said) or None,
        "licence": said.get("licence") or source.licence,
    }


_LONG_CHARS = 400
"""A text of this length is worth having even where it is cut."""
_MARKUP = re.compile(r"<[^>]*>")
_LINE_END = re.compile(r"</(?:p|div|li|h\d|blockquote)\s*>|<br\b[^>]*>|\n", re.IGNORECASE)
_LAST_LINES = 2
"""Behind a cut some systems still say where the entry appeared first."""
_LAST_LINK = re.compile(
    r"<a\s[^>]*?href\s*=\s*[\"']?([^\"'\s>]+)[^>]*>(?:(?!</a\b).)*</a\s*>(?:[^\w<]|<[^>]*>)*\Z",
    re.IGNORECASE | re.DOTALL,
)


def is_whole_text(content: str, *, summary: str, title: str, url: str) -> bool:
    """Return whether the content that an entry carries, as HTML, is more than its title and summary.

    A short one that says no more than they do, breaks off, or ends in a link to the entry's own page is a teaser.
    """
    lines = [line for each in _LINE_END.split(content) if (line := unescape(_MARKUP.sub("", each)).strip())]
    if sum(map(len, lines)) >= _LONG_CHARS:
        return True
    letters = letters_of("".join(lines))
    if not letters or letters in letters_of(title) or letters in letters_of(_MARKUP.sub("", summary)):
        return False
    link = _LAST_LINK.search(content)
    leads_on = link is not None and normalise_url(link[1]) == url
    return not leads_on and not any(CUT_SHORT.search(line) for line in lines[-_LAST_LINES:])
