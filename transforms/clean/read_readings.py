"""Gather what the text says of the article: mostly from the lines that leave it."""

import re
from collections.abc import Iterable
from dataclasses import replace

from copydesk.schemas.enums import SpanKind
from copydesk.transforms.clean.marks import Sheet
from copydesk.transforms.clean.read_agency import read_agency
from copydesk.transforms.clean.read_publisher import read_publisher
from copydesk.transforms.credits.name_agency import name_agency
from copydesk.transforms.credits.read_credits import as_written
from copydesk.transforms.extract.judge_completeness import judge_ending
from copydesk.transforms.records import Authors, Dateline, Extracted, Readings, Span

_SPEAKS = frozenset({SpanKind.DONATION, SpanKind.LICENCE, SpanKind.SUBSCRIPTION, SpanKind.NEWSLETTER})
_CLOSED = re.compile(r"closed|geschlossen|fermés|cerrad|encerrad|chius|gesloten", re.IGNORECASE)

_CODE = re.compile(r"\bCC[ -]?(BY(?:[ -](?:NC|ND|SA))*|0)\b(?:[ -]?(?:v\.? ?)?(\d\.\d))?", re.IGNORECASE)
_PARTS = (("NC", r"non-?commercial|nicht.kommerziell|no ?comercial|pas d.utilisation commerciale"),
          ("ND", r"no-?deriv|keine bearbeitung|sin obra|pas de modification"),
          ("SA", r"share-?alike|gleichen bedingungen|compartir ?igual|partage dans les m"))  # fmt: skip
_NAME = re.compile(
    r"creative commons[^.]{0,40}?(?:attribution|namensnennung|atribuci|paternit|naamsvermelding)[^.]*",
    re.IGNORECASE,
)
_VERSION_NUMBER = re.compile(r"\b\d\.\d\b")


def read_readings(
    extracted: Extracted, sheet: Sheet, spans: tuple[Span, ...], dateline: Dateline | None, body: str
) -> Readings:
    """Return the readings; what the page declares outside the text comes before what the text says."""
    texts = [(span.kind, extracted.text[span.start_char : span.end_char]) for span in spans]
    agency = dateline.agency if dateline else None
    own_name = agency if agency and _is_publisher(agency) else None
    named = next((name for kind, text in texts if kind in _SPEAKS and (name := read_publisher(text))), None)
    return Readings(
        title=sheet.title,
        dek=sheet.dek or extracted.dek,
        credited=_credited(extracted, sheet),
        publisher=extracted.publisher or named or own_name,
        publisher_guess=agency if agency and not own_name else None,
        licence=extracted.licence or _licence(texts),
        agency=read_agency(extracted, texts, dateline, body),
        dateline=dateline,
        images=(*extracted.images, *sheet.images),
        comments_are_closed=_comments(texts),
        completeness=extracted.completeness
        if extracted.page
        else judge_ending(extracted.text, _walls(texts)),
    )


def _credited(extracted: Extracted, sheet: Sheet) -> Authors:
    """Take the text's own byline where nothing beside the text names a person."""
    if extracted.authors or not sheet.authors:
        return extracted.credited
    return replace(extracted.credited, people=tuple(map(as_written, sheet.authors)), method="text")


def _is_publisher(agency: str) -> bool:
    """Whether an agency's name tells who published: no wire that sells to others, and no bare initials."""
    return name_agency(agency) is None and not agency.isupper()


def _licence(texts: Iterable[tuple[SpanKind, str]]) -> str | None:
    return next(
        (code for kind, text in texts if kind is SpanKind.LICENCE and (code := named_licence(text))), None
    )


def _walls(texts: Iterable[tuple[SpanKind, str]]) -> list[str]:
    return [text for kind, text in texts if kind is SpanKind.SUBSCRIPTION]


def _comments(texts: Iterable[tuple[SpanKind, str]]) -> bool | None:
    prompts = [text for kind, text in texts if kind is SpanKind.COMMENT_PROMPT]
    if not prompts:
        return None
    return any(_CLOSED.search(text) for text in prompts)


def named_licence(text: str) -> str | None:
    """Return the Creative Commons licence that `text` names, as "CC BY-NC 4.0", or None."""
    found = _CODE.search(text)
    if found:
        code = found[1].upper().replace(" ", "-")
        return " ".join(filter(None, ["CC", code, found[2]])) if code != "0" else "CC0"
    named = _NAME.search(text)
    if not named:
        return None
    parts = ["BY", *(short for short, words in _PARTS if re.search(words, named[0], re.IGNORECASE))]
    number = _VERSION_NUMBER.search(text, named.start())
    return " ".join(filter(None, ["CC", "-".join(parts), number[0] if number else None]))
