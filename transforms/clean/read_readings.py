"""Gather what the text says of the article: mostly from the lines that leave it."""

import re
from collections.abc import Iterable
from dataclasses import replace

from copydesk.schemas.enums import SpanKind
from copydesk.transforms.clean.marks import Sheet
from copydesk.transforms.clean.read_publisher import read_publisher
from copydesk.transforms.credits.collect_credits import as_written
from copydesk.transforms.credits.name_office import name_agency
from copydesk.transforms.credits.read_credit import read_credit
from copydesk.transforms.extract.judge_completeness import judge_ending
from copydesk.transforms.records import Authors, Dateline, Extracted, Readings, Span
from copydesk.transforms.text.words import any_of

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
_SIGNED = re.compile(
    r"\W?[^\s\])）】=]{0,12}=\s?\w{2,10}[\])）】]\s*(?P<korean>[가-힣][가-힣·,\s]{1,24}(?:기자|특파원))\s*="
    r"|[^（）()\n]{0,40}[（(](?P<chinese>(?:本报|本報)?(?:记者|記者)\s*[\u3400-\u9fff][\u3400-\u9fff\s、，]{1,20})[）)]"
)
"""Whom an agency's first line names behind its place, as Korean and Chinese ones do."""
_SPACED = re.compile(
    r"(?<=[\u3400-\u9fff가-힣]{2})(?<!记者)(?<!記者)\s+(?=[\u3400-\u9fff가-힣]{2,4}(?:\s|\Z))(?!기자|특파원)"
)
_CREDIT_WORDS = re.compile(rf"(?:{any_of('labels', 'source')}|©|copyright)\s*[:：]?\s*", re.IGNORECASE)
_LAST_LINES = 2
_FIRST_LINES = 3
_TOLD = re.compile(
    r"\b(?:řekla?|uvedla?|sdělila?|informovala?|potvrdila?)(?: dnes| v \w+)? (?P<czech>ČTK)\b"
    r"|\b(?P<hungarian>MTI)-(?:vel|nek|hez|t)\b|\b(?P<turkish>AA|DHA|İHA) muhabir"
    r"|\b(?P<polish>PAP)(?:-owi|\b(?= powiedzia))"
    r"|\bpowiedzia(?:ł|ła) (?P<polish_too>PAP)\b"
)
"""Whom somebody tells: in these languages only the agency's own copy says so."""
_TELLING = ("ČTK", "MTI", "muhabir", "PAP")
"""Of which one stands in each: sought in C, a hundredth of what trying the pattern at each word takes."""


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
        credited=_credited(extracted, sheet, body),
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


def _credited(extracted: Extracted, sheet: Sheet, body: str) -> Authors:
    """Take the text's own byline where nothing beside the text names a person."""
    if extracted.authors:
        return extracted.credited
    signed = (match for line in body.split("\n")[:_FIRST_LINES] if (match := _SIGNED.match(line)))
    people = sheet.authors or [
        name
        for match in signed
        for text in _named(match)
        for name in read_credit(_SPACED.sub("、", text)).people
    ]
    if not people:
        return extracted.credited
    return replace(extracted.credited, people=tuple(map(as_written, people)), method="text")


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
        for text in (*_opening(lines), *_closing(lines), *credited, *_told(body))
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


def _told(body: str) -> list[str]:
    return _named(_TOLD.search(body)) if any(map(body.__contains__, _TELLING)) else []


def _named(match: re.Match[str] | None) -> list[str]:
    return [text for text in match.groupdict().values() if text] if match else []
