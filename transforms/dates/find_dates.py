"""Find every date that a document offers and choose the day of publication, or none."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, tzinfo
from functools import cache, partial

from lxml import etree, html

from copydesk.schemas.enums import DateKind
from copydesk.transforms.dates.bound_text import bound_text
from copydesk.transforms.dates.choose_date import choose_date
from copydesk.transforms.dates.date_input import DateInput, read_carrier
from copydesk.transforms.dates.evidence import Evidence
from copydesk.transforms.dates.infer_interval import infer_interval
from copydesk.transforms.dates.publisher_zone import publisher_zone, zone_named
from copydesk.transforms.dates.read_clock import place_zone
from copydesk.transforms.dates.read_declared import read_declared
from copydesk.transforms.dates.read_page import read_page
from copydesk.transforms.dates.read_prose import read_prose
from copydesk.transforms.dates.read_relative import read_ago
from copydesk.transforms.dates.read_url import read_url
from copydesk.transforms.dates.settle_order import is_year_first, settle_order, settle_swapped
from copydesk.transforms.dates.weigh_page import weigh_page
from copydesk.transforms.languages.load_language import load_language
from copydesk.transforms.page.walk_page import Page, walk_page
from copydesk.transforms.records import Dated

_LIVE_BLOG = "json_ld:LiveBlogPosting.datePublished"
_BORN = 0.9


def find_dates(document: DateInput) -> Dated:
    """Return all date candidates of a document with the chosen one; never raises on bad input.

    Where there is a page, it alone says which date is the article's: it knows where a date stands. The extracted
    text then adds candidates with their place in it, and dates the article only where there is no page.
    """
    evidence = [*read_carrier(document), *(read_url(document.url) if document.url else ())]
    page = document.page or _parse(document.html)
    language = (page.head.html_lang if page else None) or document.language
    short = is_year_first(language, document.url)
    prose = read_prose(document.text, document.spans, document.language, is_year_first=short)
    scripts = (*(block.source for block in page.json_ld.blocks), *page.scripts) if page else ()
    zone = cache(partial(publisher_zone, document.timezone, scripts, document.url))
    if page is None:
        is_month_first = settle_order(language, document.url, [document.text])
        evidence += prose
    else:
        is_month_first = settle_order(language, document.url, [dated.text for dated in page.dated])
        # Only an answer that bears headers was asked for when it says; a saved page may be of any age.
        asked_at = document.fetched_at if document.headers else None
        ago = partial(read_ago, language=language, at=asked_at, zone=zone)
        sightings = read_page(
            page,
            document.title,
            ago,
            is_month_first=is_month_first,
            is_year_first=short,
            is_language_known=load_language(language or "en") is not None,
        )
        evidence += _unrepeated(
            _of_live_blog(read_declared(page, document.url), weigh_page(sightings)), prose
        )
        evidence += [replace(item, weight=0.0) for item in prose]
    settled = settle_swapped(evidence, language, is_month_first=is_month_first)
    settled = [_placed(item, document.timezone, zone) for item in settled]
    dated = choose_date(settled, document, zone=zone)
    return dated if dated.published_on else _bounded(dated, document.text)


def _placed(item: Evidence, timezone: str | None, zone: Callable[[], tzinfo | None]) -> Evidence:
    """Return the evidence with letters of a zone read as those of its source's: a carrier's is the stated one."""
    if not item.reading.zone:
        return item
    home = zone_named(timezone) if item.family == "feed" else zone()
    return replace(item, reading=place_zone(item.reading, home))


def _unrepeated(page: list[Evidence], prose: list[Evidence]) -> list[Evidence]:
    """Leave out what the page tells in running text and the extracted text tells too, with its place."""
    told = {item.quote for item in prose}
    return [item for item in page if item.kind is not DateKind.BACKGROUND or item.quote not in told]


def _of_live_blog(declared: list[Evidence], shown: list[Evidence]) -> list[Evidence]:
    """Return what a page declares and shows; where it declares when a live blog began, it shows that of entries.

    A declaration that repeats an entry is none where the page declares an earlier birth.
    """
    if any(item.weight and item.method == _LIVE_BLOG for item in declared):
        born = min(item.reading.on or date.max for item in declared if item.weight >= _BORN)
        entries = {item.reading.value for item in declared if not item.weight and item.method != _LIVE_BLOG}
        declared = [
            replace(item, weight=0.0, rejection="repeats an entry of the live blog")
            if item.method == _LIVE_BLOG and item.reading.value in entries and item.reading.on != born
            else item
            for item in declared
        ]
        shown = [
            replace(item, weight=0.0, rejection="an entry of a live blog")
            if item.kind is DateKind.PUBLISHED
            else item
            for item in shown
        ]
    return [*declared, *shown]


def _bounded(dated: Dated, text: str) -> Dated:
    own = infer_interval(dated.candidates, bounds=bound_text(dated.candidates, text))
    if own is None:
        return dated
    first, last = own.first_on, own.last_on
    return replace(
        dated,
        between_start_at=datetime.combine(first, time.min, UTC) if first else None,
        between_end_at=datetime.combine(last, time.max, UTC) if last else None,
        between_confidence=own.confidence,
        between_method=own.method,
    )


def _parse(source: str | bytes | None) -> Page | None:
    if not source:
        return None
    try:
        raw = source.encode("utf-8", "replace") if isinstance(source, str) else source
        parser = html.HTMLParser(encoding="utf-8") if isinstance(source, str) else None
        return walk_page(html.document_fromstring(raw, parser=parser))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
