"""Read the news agency that a text is from: credited as author, in the dateline, or at an end of the text."""

import re
from collections.abc import Iterable

from copydesk.schemas.enums import SpanKind
from copydesk.transforms.credits.read_credit import read_credit
from copydesk.transforms.records import Dateline, Extracted

_CREDITS = frozenset({SpanKind.WIRE_CREDIT, SpanKind.BYLINE, SpanKind.LICENCE})
_CLOSING = re.compile(
    r"[(\[（【](?P<closed>[^()\[\]（）【】]{2,40})[)\]）】]\W*\Z|\s[-–—]{1,2}\s?(?P<dashed>[^-–—.]{2,30})\Z"
    r"|\A(?P<alone>[^.!?()]{2,40})\Z"
)
_BRACKETED = re.compile(r"[.!?。…\"”»)] ?[(\[（【](?P<agency>[^()\[\]（）【】]{2,20})[)\]）】]\W*\Z")
_OPENING = re.compile(
    r"(?P<chinese>新华社|新華社|中新社|中新网|中央社|路透社|法新社)(?:[^\s，。]{1,16}(?:日电|日電|電|讯|日)|记者|記者)"
    r"|[\[(（【][^\])）】=]{0,12}=\s?(?P<korean>\w{2,10})[\])）】]"
    r"|【(?P<japanese>[^】]{1,12}?)(?:=\w+)?】"
    r"|[^/\n]{3,50}/(?P<slashed>\w{2,12})/"
    r"|\(?(?P<latin>[A-Z]{2,8}|dpa|epd|kna|sda)\)?\s?(?:[-–—]{1,2}|/)\s"
)
_CREDIT_WORDS = re.compile(
    r"(?:source|quellen?|fonte|fuente|bron|kilde|źródło|zdroj|источник|джерело|kaynak|sumber|forrás|出典|来源|來源|©|copyright)"
    r"\s*[:：]?\s*",
    re.IGNORECASE,
)
_LAST_LINES = 2
_TOLD = re.compile(
    r"\b(?:řekla?|uvedla?|sdělila?|informovala?|potvrdila?)(?: dnes| v \w+)? (?P<czech>ČTK)\b"
    r"|\b(?P<hungarian>MTI)-(?:vel|nek|hez|t)\b|\b(?P<turkish>AA|DHA|İHA) muhabir"
    r"|\b(?P<polish>PAP)(?:-owi|\b(?= powiedzia))"
    r"|\bpowiedzia(?:ł|ła) (?P<polish_too>PAP)\b"
)
"""Whom somebody tells: in these languages only the agency's own copy says so."""


def read_agency(
    extracted: Extracted, texts: Iterable[tuple[SpanKind, str]], dateline: Dateline | None, body: str
) -> str | None:
    """Return the agency, several joined by commas; null where nobody names one that is known."""
    if extracted.credited.agencies:
        return ", ".join(extracted.credited.agencies)
    if dateline and dateline.agency:
        return dateline.agency
    lines = [line for line in body.split("\n") if line]
    credited = [text for kind, text in texts if kind in _CREDITS]
    found = dict.fromkeys(
        agency
        for text in (*_opening(lines), *_closing(lines), *credited, *_named(_TOLD.search(body)))
        for agency in read_credit(_CREDIT_WORDS.sub("", text)).agencies
    )
    return ", ".join(found) or None


def _opening(lines: list[str]) -> list[str]:
    return _named(_OPENING.match(lines[0])) if lines else []


def _closing(lines: list[str]) -> list[str]:
    """Give what stands in brackets at a line's end, behind a dash or alone in one of the last lines."""
    matches = [_CLOSING.search(line[-60:] if len(line) > 60 else line) for line in lines[-_LAST_LINES:]]
    matches += [_BRACKETED.search(line[-30:]) for line in lines]
    return [text for match in matches for text in _named(match)]


def _named(match: re.Match[str] | None) -> list[str]:
    return [text for text in match.groupdict().values() if text] if match else []
