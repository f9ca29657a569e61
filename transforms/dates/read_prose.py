"""Read the dates that a text tells, each with what its sentence and its span say it is the date of."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import islice

from copydesk.schemas.enums import DateKind, SpanKind
from copydesk.transforms.dates import prose_words as words
from copydesk.transforms.dates.around_date import (
    around,
    is_dateline,
    label_behind,
    tells_more,
    without_agency,
)
from copydesk.transforms.dates.date_words import MODIFIED_LABEL, PUBLISHED_LABEL
from copydesk.transforms.dates.evidence import Evidence
from copydesk.transforms.dates.find_numbers import find_numbers
from copydesk.transforms.dates.prose_words import (
    clause_before,
    is_quoted,
    sentence_after,
    sentence_before,
    tense_at,
)
from copydesk.transforms.dates.read_date import Found, read_dates, read_loose_dates
from copydesk.transforms.dates.read_relative import read_relative
from copydesk.transforms.dates.reading import Reading
from copydesk.transforms.records import Span

_HEAD_CHARS = 1500
_LINE_REACH = 1000
_LINE_CHARS, _SHORT_CHARS, _CREDIT_CHARS = 40, 200, 600
_MOST_MENTIONS = 500
_PUBLISHED = re.compile(rf"(?:^|\W)(?:{PUBLISHED_LABEL})\W{{0,4}}(?:\w{{1,12}}\W{{1,3}}){{0,2}}$")
_MODIFIED = re.compile(rf"(?:^|\W)(?:{MODIFIED_LABEL})\W{{0,4}}(?:\w{{1,12}}\W{{1,3}}){{0,2}}$")
"""In lower case."""
_SPAN_KINDS = {
    SpanKind.PRINT_STAMP: (DateKind.PRINT_STAMP, "when somebody printed or saved the page"),
    SpanKind.CAPTION: (DateKind.PHOTO, "the date of a picture"),
    SpanKind.LICENCE: (DateKind.COPYRIGHT, "a copyright or licence notice"),
    SpanKind.RELATED_LINK: (DateKind.BACKGROUND, "belongs to another article that the text links to"),
    SpanKind.COMMENT_PROMPT: (DateKind.BACKGROUND, "stands among the comments"),
}
_ELSEWHERE = re.compile(
    r"\b(?:originally|an? (?:article|post|story|update|version|piece)|this (?:is|was)|urspr)", re.IGNORECASE
)
_SIGNED_SPANS = frozenset({SpanKind.TIMESTAMP, SpanKind.BYLINE})

_PRINT_HINTS = ("print", "druck", "druk", "imprim", "impres", "stampa")
_NEAR_HINTS = ("retrieved", "accessed", "archived", "abgerufen", "consult",
               "©", "(c)", "copyright", "reserved", "rechte", "droits")  # fmt: skip
_PHOTO_HINTS = ("photo", "foto", "picture", "image", "bild", "credit", "crédit", "getty",
                "(file", "(ap", "(afp", "(reuters", "(dpa", "(epa")  # fmt: skip
_SENDERS = ("reuters", "afp", "epa", "photo", "ap", "dpa", "ansa", "efe", "anp", "images")
"""Without one of them in a line in lower case, or of these before a slash, no pattern of a stamp or credit matches."""

_Verdict = tuple[DateKind, str, float, str]
"""The kind of a date, the method that tells it, the weight, and the reason against it."""


@dataclass(frozen=True, slots=True)
class _Line:
    """The line around a mention, and the mention's place in it."""

    text: str
    start_char: int
    before: str
    after: str


def read_prose(
    text: str, spans: tuple[Span, ...], language: str | None, *, is_year_first: bool = False
) -> list[Evidence]:
    """Return every date and relative day of a text in order, with start_char in it."""
    if not text:
        return []
    numbers = find_numbers(text)
    full = list(islice(read_dates(text, is_year_first=is_year_first, numbers=numbers), _MOST_MENTIONS))
    taken = [(found.start_char, found.end_char) for found in full]
    loose = islice(read_loose_dates(text, numbers=numbers), _MOST_MENTIONS)
    dated = [*full, *(found for found in loose if not _overlaps(found, taken))]
    taken = sorted((found.start_char, found.end_char) for found in dated)
    evidence = [_classify(text, found, spans) for found in dated]
    relative = islice(read_relative(text, language), _MOST_MENTIONS)
    evidence += [
        _relative(text, found, _span_at(spans, found)) for found in relative if not _overlaps(found, taken)
    ]
    return sorted(evidence, key=lambda item: (item.start_char or 0, item.method))


def _overlaps(found: Found, taken: list[tuple[int, int]]) -> bool:
    index = bisect_right(taken, (found.start_char, 1 << 60)) - 1
    near = taken[max(0, index) : index + 2]
    return any(found.start_char < end and start < found.end_char for start, end in near)


def _classify(text: str, found: Found, spans: tuple[Span, ...]) -> Evidence:
    line = _line_of(text, found)
    kind, method, weight, reason = _kind_of(line, found, _span_at(spans, found))
    quote = text[found.start_char : found.end_char]
    return Evidence(found.reading, kind, f"text:{method}", "text", weight, quote, found.start_char, reason)


def _relative(text: str, found: Found, span: Span | None) -> Evidence:
    quote, start = text[found.start_char : found.end_char], found.start_char
    method = f"text:relative:{tense_at(text, start)}"
    method += ":quoted" if is_quoted(text, start) else ""
    method += f":{span.kind.value}" if span else ""
    reason = "relative to a day that the text does not name"
    return Evidence(found.reading, DateKind.RELATIVE, method, "text", 0.0, quote, start, reason)


def _line_of(text: str, found: Found) -> _Line:
    """Return the line around a mention, or what of an endless line stands near it."""
    left = max(0, found.start_char - _LINE_REACH)
    right = min(len(text), found.end_char + _LINE_REACH)
    start = text.rfind("\n", left, found.start_char) + 1 or left
    end = text.find("\n", found.end_char, right)
    end = right if end < 0 else end
    return _Line(text[start:end], start, text[start : found.start_char], text[found.end_char : end])


def _span_at(spans: tuple[Span, ...], found: Found) -> Span | None:
    inside = (span for span in spans if span.start_char <= found.start_char < span.end_char)
    return next(inside, None)


def _kind_of(line: _Line, found: Found, span: Span | None) -> _Verdict:
    verdict = _of_foreign_span(span) or _sign_of(line) or _of_own_span(span, found)
    if verdict is not None:
        return verdict
    is_head = line.start_char < _HEAD_CHARS
    if found.reading.day and _is_alone(line) and (is_head or found.reading.on):
        return DateKind.PUBLISHED, "alone on its line", 0.7 if is_head else 0.45, ""
    if is_head and is_dateline(*without_agency(line.before, line.after)):
        return DateKind.DATELINE, "dateline", 0.75, ""
    return _told(line, found)


def _of_foreign_span(span: Span | None) -> _Verdict | None:
    if span is None or span.kind not in _SPAN_KINDS:
        return None
    kind, reason = _SPAN_KINDS[span.kind]
    return kind, f"span:{span.kind.value}", 0.0, reason


def _of_own_span(span: Span | None, found: Found) -> _Verdict | None:
    if span is None or not found.reading.day:
        return None
    if span.kind is SpanKind.DATELINE:
        return DateKind.DATELINE, "span:dateline", 0.8, ""
    if span.kind in _SIGNED_SPANS:
        return DateKind.PUBLISHED, f"span:{span.kind.value}", 0.85, ""
    return None


def _sign_of(line: _Line) -> _Verdict | None:
    """Return what a stamp, a credit, a notice or a label on the line says of its date; the first sign decides."""
    near, lowered = line.before[-60:], line.text.lower()
    if _holds(lowered, _PRINT_HINTS) and words.PRINT_STAMP.search(line.text):
        return DateKind.PRINT_STAMP, "print stamp", 0.0, ""
    if _holds(near.lower(), _NEAR_HINTS):
        if words.CAPTURE.search(near):
            return DateKind.CAPTURE, "capture", 0.0, ""
        if words.COPYRIGHT.search(near[-40:]):
            return DateKind.COPYRIGHT, "copyright", 0.0, ""
    if (
        len(line.text) < _CREDIT_CHARS
        and _may_be_credit(lowered)
        and words.PHOTO.search(_without_agency(line))
    ):
        return DateKind.PHOTO, "caption", 0.0, ""
    return _label_of(line) if len(line.text) < _SHORT_CHARS else None


def _label_of(line: _Line) -> _Verdict | None:
    behind = f" {label_behind(line.after).lower()}"
    if _MODIFIED.search(f"{line.before[-60:].lower()}{behind}"):
        return DateKind.MODIFIED, "label", 0.0, ""
    if _is_labelled(line) or _PUBLISHED.search(behind):
        return DateKind.PUBLISHED, "label", 0.85, ""
    return None


def _holds(lowered: str, hints: tuple[str, ...]) -> bool:
    return any(map(lowered.__contains__, hints))


def _may_be_credit(lowered: str) -> bool:
    sent = (part.rstrip() for part in lowered.split("/")[:-1])
    return any(part.endswith(_SENDERS) for part in sent) or _holds(lowered, _PHOTO_HINTS)


def _is_labelled(line: _Line) -> bool:
    """Tell whether a label of publication leads to the date; `first ran on` in a sentence tells of another piece."""
    led = _PUBLISHED.search(line.before.lower()) if len(line.before) < 60 else None
    if led is None or _ELSEWHERE.search(line.before):
        return False
    return len(line.before[: led.start()].strip()) < 12 or len(line.after.strip()) < 40


def _is_alone(line: _Line) -> bool:
    """Tell whether a line holds little but dates: a weekday, a time, a place, `by` and a name at most."""
    if len(line.text) > _SHORT_CHARS:
        return False
    found = list(read_dates(line.text))
    said = len(line.text.strip()) - sum(item.end_char - item.start_char for item in found)
    place = next((place for place, item in enumerate(found) if item.end_char > len(line.before)), None)
    beside = (line.before, line.after) if place is None else around(line.text, found, place)
    return said < _LINE_CHARS and not tells_more(*beside)


def _without_agency(line: _Line) -> str:
    before, after = without_agency(line.before, line.after)
    return f"{before}{line.text[len(line.before) : len(line.text) - len(line.after)]}{after}"


def _told(line: _Line, found: Found) -> _Verdict:
    before, after = sentence_before(line.before), sentence_after(line.after)
    sentence = f"{before} {after}".lower()
    if words.FUTURE.search(sentence):
        clause = f"{clause_before(before)} {after[:60]}".lower()
        is_firm = words.FIRM_FUTURE.search(clause) and not words.PAST.search(clause)
        reason = "the date of an event still to come when this was written"
        return DateKind.EVENT, f"told as to come{':firm' if is_firm else ''}", 0.0, reason
    is_firm = _is_over(found.reading, before, sentence)
    reason = "told in running text, the date of something earlier"
    return DateKind.BACKGROUND, f"told as past{':firm' if is_firm else ''}", 0.0, reason


def _is_over(reading: Reading, before: str, sentence: str) -> bool:
    """Tell whether a sentence leaves no doubt that its date was past; `the 2016 race` was talked of in 2014."""
    if reading.day is not None:
        return not words.DUE.search(before[-40:])
    if reading.month is None and not words.IN_YEAR.search(before[-20:]):
        return False
    is_past = words.PAST.search(clause_before(before).lower())
    return bool(is_past and not words.UNSURE.search(sentence))
