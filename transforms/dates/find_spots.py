"""Find the dates that the body of a page states, shows or tells, each with its place and what leads to it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from itertools import pairwise
from typing import Any

from copydesk.transforms.dates.around_date import (
    around,
    is_dateline,
    label_behind,
    tells_more,
    without_agency,
)
from copydesk.transforms.dates.read_date import Found, read_dates
from copydesk.transforms.dates.read_whole_date import read_stamp
from copydesk.transforms.dates.reading import Reading
from copydesk.transforms.page.page_text import INLINE_TAGS
from copydesk.transforms.page.walk_page import Page

_ATTRIBUTES = (
    "datetime",
    "content",
    "data-datetime",
    "data-date",
    "data-timestamp",
    "data-time",
    "data-published",
    "data-publish-date",
    "data-pubdate",
    "title",
)
_DIGIT = re.compile(r"\d")
_MOST_CHILDREN = 8
_LINE_CHARS = 40
"""What a line of its own holds beside its date, at most."""
_PROSE_CHARS = 120
"""What a paragraph holds beside its date, at least; a line that states one is shorter."""
_OWN = re.compile(
    r"\b(?:this|our) (?:article|story|post|piece|report|column|interview|page)|\bthe (?:article|story|post|piece)\b"
    r"|\b(?:dieser|der) (?:artikel|beitrag|text)|\b(?:cet|l['’])\s?article|\beste (?:artículo|texto|artigo)"
    r"|\b(?:questo|l['’])\s?articolo|\bdit (?:artikel|verhaal)",
    re.IGNORECASE,
)
"""What a label is of where a sentence speaks of the article itself."""
_TOLD_WORDS = 3
_AHEAD = re.compile(r"(?:更新|수정|公開|掲載|입력|updated)\W{0,3}$", re.IGNORECASE)
"""A label before its date: the one behind it is that of the next."""
_RANGE = re.compile(r"\s*(?:[-–—]|to|bis|until|till|au|al|до|[*†])\s*", re.IGNORECASE)
_LEADS = re.compile(r"^\W{0,3}(?:[^\d.!?:;]{2,40}[,(:/|–-]\s?(?:den |le |il |el )?)?$")
_FOLLOWS_LEAD = re.compile(r"^\s*(?:[-–—:|/)„“\"«(.]|$)")


_Reader = Callable[[str], Iterator[Found]]


@dataclass(frozen=True, slots=True)
class Spot:
    """A date at `at_char` of a page's text, in an element, behind a `label`; `how` it is stated.

    `on` is the day for which it stands: that which readers are shown in the place of a stamp.
    """

    element: Any
    reading: Reading
    how: str
    quote: str
    at_char: int
    label: str
    is_alone: bool
    on: date | None
    is_told: bool = False
    """Whether a sentence of a paragraph leads to it, so that `published on` may be of what the sentence tells of."""


def find_spots(
    page: Page, ago: Callable[[str], Reading | None], *, is_year_first: bool = False
) -> list[Spot]:
    """Return the dates of elements that are marked as such, then those of texts; `ago` reads hours that have passed."""
    read = partial(read_dates, is_year_first=is_year_first)
    return [*_marked_spots(page, ago, read), *_text_spots(page, read)]


def _marked_spots(page: Page, ago: Callable[[str], Reading | None], read: _Reader) -> Iterator[Spot]:
    for element, at in page.marked[:400]:
        stated = [element.get(name) for name in _ATTRIBUTES]
        raw = next((value for value in stated if value and _DIGIT.search(value)), None)
        reading = read_stamp(raw) if raw else None
        text = short_text(element) if len(element) <= _MOST_CHILDREN else ""
        is_needed = reading is None or reading.has_clock
        found = next(read(text), None) if text and is_needed else None
        led = text[: found.start_char] if found else _DIGIT.split(text, maxsplit=1)[0]
        if reading is None and text and (told := ago(text)) is not None:
            label = f"{_text_before(element)} {led}"
            yield Spot(element, told, "ago", text, at, label, is_alone=True, on=told.on)
            continue
        if reading is None:
            if found is None or (len(element) == 0 and element.tag != "time"):
                continue  # its one text is read by _text_spots
            reading, raw = found.reading, text[found.start_char : found.end_char]
        how = "time" if element.tag == "time" else "itemprop" if element.get("itemprop") else "class"
        on = _shown_on(reading, found)
        label = f"{_text_before(element)} {led} {label_behind(element.tail or '')}"
        yield Spot(element, reading, how, str(raw), at, label, is_alone=True, on=on)


def _shown_on(stamp: Reading, found: Found | None) -> date | None:
    """Return the day of a stamp that readers are shown in its place, else its own."""
    shown = found.reading.on if found else None
    is_beside = stamp.on and shown and stamp.has_clock and abs(stamp.on - shown) <= timedelta(days=1)
    return shown if is_beside else stamp.on


def short_text(element: Any) -> str:
    """Return the text of an element; nothing where it is long or holds no digit."""
    parts, length = [], 0
    for part in element.itertext():
        parts.append(part)
        length += len(part.strip())
        if length > 160:
            return ""
    text = " ".join(" ".join(parts).split())
    return text if _DIGIT.search(text) else ""


def _text_spots(page: Page, read: _Reader) -> Iterator[Spot]:
    for dated in page.dated[:600]:
        owner, text, is_tail = dated.element, dated.text, dated.is_tail
        found = list(read(text[:20_000]))
        ranged = _ranged(text, found)
        said = len(text.strip()) - sum(item.end_char - item.start_char for item in found)
        for place, item in enumerate(found):
            element = owner.getparent() if is_tail else owner
            before = text[max(0, item.start_char - 60) : item.start_char]
            led = before
            if len(before.strip()) < 20:
                led_by = (owner.xpath("string()")[-60:] + " ") if is_tail and len(owner) < 4 else ""
                led = (led_by if led_by.strip() else _text_before(owner)) + " " + before
            if not _AHEAD.search(before) and (behind := label_behind(text[item.end_char :])):
                led = f"{led} {behind} "
            quote = text[item.start_char : item.end_char]
            spot_at = dated.at + len(text[: item.start_char].strip())
            beside = around(text, found, place)
            is_alone = (said < _LINE_CHARS and not tells_more(*beside)) or _leads(text, item)
            how = "range" if item in ranged else "text"
            told = led if is_tail and owner.tag in INLINE_TAGS else before
            is_told = said > _PROSE_CHARS and _is_of_another(told)
            yield Spot(element, item.reading, how, quote, spot_at, led, is_alone, item.reading.on, is_told)


def _ranged(text: str, found: list[Found]) -> list[Found]:
    """Return the days of which two stand as the ends of a time: a life, a festival."""
    ends = [pair for pair in pairwise(found) if _RANGE.fullmatch(text[pair[0].end_char : pair[1].start_char])]
    return [item for pair in ends for item in pair]


def _is_of_another(before: str) -> bool:
    """Tell whether a sentence names what it is the date of, and that is not the article."""
    words = [word for word in re.findall(r"[^\W\d_]{3,}", before) if word[0].islower()]
    return len(words) >= _TOLD_WORDS and _OWN.search(before) is None


def _leads(text: str, found: Found) -> bool:
    before, after = text[: found.start_char], text[found.end_char :]
    is_led = _LEADS.match(before.strip()) and _FOLLOWS_LEAD.match(after)
    return bool(is_led) or is_dateline(*without_agency(before, after))


def _text_before(element: Any) -> str:
    """Return some of the visible text that stands before an element, nearest last."""
    before, current = "", element
    for _ in range(8):
        previous = current.getprevious()
        if previous is not None and previous.tag == "h1":
            return ((previous.tail or "") + before)[-60:]  # a headline's last word is no label
        if previous is not None:
            mark = ": " if previous.tag in ("dt", "th") else " "
            before = _tail_end(previous) + mark + (previous.tail or "")[-60:] + before
            current = previous
        else:
            current = current.getparent()
            if current is None or current.tag == "body":
                break
            before = (current.text or "")[-60:] + " " + before
        if len(before.strip()) > 30:
            break
    return before[-60:]


def _tail_end(element: Any) -> str:
    """Return the last text inside an element; a long one is not walked."""
    for _ in range(5):
        if not isinstance(element.tag, str) or element.tag in ("script", "style", "noscript"):
            return ""
        if len(element) == 0:
            return (element.text or "")[-60:]
        last = element[-1]
        if last.tail and last.tail.strip():
            return str(last.tail[-60:])
        element = last
    return ""
