"""Read the news agency that a text is from: credited as author, in the dateline, or at an end of the text."""

import re
from collections.abc import Iterable

from copydesk.schemas.enums import SpanKind
from copydesk.transforms.credits.name_agency import name_agency
from copydesk.transforms.credits.split_credit import split_credit
from copydesk.transforms.records import Dateline, Extracted

_CREDITS = frozenset({SpanKind.WIRE_CREDIT, SpanKind.BYLINE, SpanKind.LICENCE})
_CLOSING = re.compile(
    r"[(\[（【](?P<closed>[^()\[\]（）【】]{2,40})[)\]）】]\W*\Z|\s[-–—]{1,2}\s?(?P<dashed>[^-–—.]{2,30})\Z"
    r"|\A(?P<alone>[^.!?]{2,40})\Z"
)
_OPENING = re.compile(
    r"(?P<chinese>新华社|新華社|中新社|中新网|中央社|路透社|法新社)(?:[^\s，。]{1,16}(?:日电|日電|電|讯|日)|记者|記者)"
    r"|[\[(（【][^\])）】=]{0,12}=\s?(?P<korean>\w{2,10})[\])）】]"
    r"|【(?P<japanese>[^】]{1,12}?)(?:=\w+)?】"
    r"|\(?(?P<latin>[A-Z]{2,8}|dpa|epd|kna|sda)\)?\s?(?:[-–—]{1,2}|/)\s"
)
_CREDIT_WORDS = re.compile(
    r"(?:source|quellen?|fonte|fuente|bron|kilde|źródło|zdroj|источник|джерело|kaynak|sumber|forrás|出典|来源|來源|©|copyright)"
    r"\s*[:：]?\s*",
    re.IGNORECASE,
)
_LAST_LINES = 2


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
        for text in (*_opening(lines), *_closing(lines), *credited)
        for name in split_credit(_CREDIT_WORDS.sub("", text))
        if (agency := name_agency(name))
    )
    return ", ".join(found) or None


def _opening(lines: list[str]) -> list[str]:
    match = _OPENING.match(lines[0]) if lines else None
    return [text for text in match.groupdict().values() if text] if match else []


def _closing(lines: list[str]) -> list[str]:
    """Give what stands in brackets or behind a dash at the very end, or alone in one of the last lines."""
    matches = (_CLOSING.search(line[-60:] if len(line) > 60 else line) for line in lines[-_LAST_LINES:])
    return [text for match in matches if match for text in match.groupdict().values() if text]
