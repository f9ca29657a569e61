"""Enters: the date that a feed, a row or a header gives. Leaves: what it states, read to its last character, or null.

Feeds promise RFC 822 or RFC 3339 and hold much else. A reader that takes the part it knows invents dates
("2024年5月6日" became a day of the month it was read in), so each form below stands for the whole of the text.
"""

import re
import unicodedata
from dataclasses import replace
from datetime import date, timedelta

from copydesk.transforms.dates.date_words import MONTHS, WEEKDAY_WORDS, ZONES
from copydesk.transforms.dates.read_zone import read_zone
from copydesk.transforms.dates.reading import Reading, from_epoch

_MAX_CHARS = 120
_BUDDHIST_ERA, _BUDDHIST_2000 = 543, 2500
_WRAPPED = re.compile(r"(?:\[|\{\s*\"\$date\"\s*:)\s*([\"']?)([^\"'\[\]{}]+)\1\s*[\]}]")
"""A date as databases export it: the one item of a list, or a field `$date`."""
_YEAR = r"(?P<year>[12]\d{3})"
_RFC_YEAR = r"(?P<year>[12]\d{3}|\d\d|1\d\d)"
_MONTH, _DAY = r"(?P<month>\d{1,2})", r"(?P<day>\d{1,2})"
_ORDINAL = r"(?:st|nd|rd|th|er|ère|º|ª|:e|:a)?\.?"
_NAME = r"(?P<name>(?:[^\W\d_]|[ก-๎])(?:[^\W\d_'’]|[ก-๎]|(?<=[ก-๎])\.(?=[ก-๎]))*(?:\.(?!\d))?)"
_OF = r"(?:(?:of|de|del|di|do|da)\s+|d[’'])?"
_YEAR_WORD = r"(?:\s*(?:г\.?|года|р\.?|року|year))?"
_DAYS = (
    # 2031-05-04, 2031/5/4, 2031.05.04., 2031. 5. 4.
    rf"{_YEAR}(?P<mark>[-/.])\s?{_MONTH}(?P=mark)\s?{_DAY}\.?",
    # 20310504
    r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)",
    # 2031年5月4日, 2031년 5월 4일
    rf"{_YEAR}\s*[年년]\s*{_MONTH}\s*[月월]\s*{_DAY}\s*[日일]",
    # 4 May 2031, 04-May-31, 4. Mai 2031, 4 de mayo de 2031, 4 мая 2031 г.
    rf"{_DAY}{_ORDINAL}[\s./-]*{_OF}{_NAME}[\s,./-]*{_OF}{_RFC_YEAR}{_YEAR_WORD}",
    # May 4, 2031, May 4th 2031
    rf"{_NAME}[\s-]*{_DAY}{_ORDINAL}[\s,-]+{_YEAR}",
    # 2031 May 4, 2031. május 4.
    rf"{_YEAR}[.,]?[\s-]*{_NAME}[\s-]*{_DAY}{_ORDINAL}",
    # 04.05.2031, 04/05/2031, 04-05-2031: which comes first is settled below
    r"(?P<one>\d{1,2})(?P<mark>[./-])\s?(?P<two>\d{1,2})(?P=mark)\s?(?P<year>[12]\d{3})\.?",
)
_BETWEEN = r"(?:[\s,;|·•–]|(?<=\d)t(?=\d)|(?<=\s)(?:-|at|um|à|kl\.?|klo|alle(?: ore)?|ore|ora|a las|às|o|о|в)(?=\s))+"
_HALF = r"(?P<half>[ap]\.?m\.?|上午|下午|午前|午後|오전|오후)"
_CLOCK = (
    r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d\d)(?:[:.](?P<second>\d\d)(?:[.,]\d{1,9})?)?|(?=\s*[ap]\.?m))"
    rf"(?:\s*{_HALF})?(?:\s*(?:uhr|h|hrs))?"
)
_CJK_CLOCK = (
    rf"(?:{_HALF}\s*)?(?P<hour>\d{{1,2}})\s*(?:[:時时点시]\s*(?P<minute>\d{{1,2}})\s*[分분]?"
    r"(?:\s*[:\s]?(?P<second>\d{1,2})\s*[秒초]?)?|[時时点시])"
)
_TIGHT_CLOCK = r"(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?(?:[.,]\d{1,9})?"
_ZONE = (
    r"(?:(?:(?P<zone>[+-]00:?00z|(?:utc|gmt)?\s?[+-]\d\d?:?\d\d|(?:utc|gmt)?\s?[+-]\d\d?|[^\W\d_]{1,5})"
    r"|(?P<odd>z[+-][\d:]{1,5}|[+-]\d\d:?\d\d(?:z|:\d\d)|[a-z]{3,4}\d[a-z]{3,4})"
    r"|(?P<area>[a-z]{2,12}(?:/[a-z_+\d-]{2,20}){1,2}))"
    r"(?:\s*(?:\[[\w/+-]{1,40}\]|(?<=\d)\s[a-z]{2,5}))?|\[(?P<named>[\w/+-]{1,40})\])"
)
_TIMES = tuple(
    rf"(?:{between}{clock}(?:\s*{_ZONE})?)"
    for between, clock in (
        (_BETWEEN, _CLOCK),
        (_BETWEEN + "?", _CJK_CLOCK),
        (r"\s?t?(?<!\d\d\d\d\d\d\d\d\d)", _TIGHT_CLOCK),
    )
)
# Sun May  4 12:30:00 UTC 2031, as C and Unix write it
_ASCTIME = (
    rf"{_NAME}\s+{_DAY}\s+(?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d))?(?:\s+{_ZONE})?\s+{_YEAR}"
)
_FORMS = (
    *(re.compile(day + time + "?", re.IGNORECASE) for day in _DAYS for time in _TIMES[:2]),
    re.compile(_DAYS[1] + _TIMES[2], re.IGNORECASE),
    re.compile(_ASCTIME, re.IGNORECASE),
    re.compile(r"(?P<year>[12]\d{3})-(?P<month>\d\d)"),
)
_EPOCH = re.compile(r"(1\d{9})(?:\d{3}|\.\d{1,9})?")
_COMMENT = re.compile(r"\([^()]*\)")
_ZONE_APART = re.compile(
    r"((?<![+-]\d\d):\d\d(?:[.,]\d+)?(?: ?[ap]\.?m\.?| ?uhr)? ?)"
    r"\(((?:utc|gmt)? ?[+-]\d[\d:]*|(?-i:[A-Z]{2,5})|\w+/[\w/]+)\)",
    re.IGNORECASE,
)
"""A zone in brackets right behind a clock is no comment."""
_FIRST_WORD = re.compile(r"([^\W\d_][^\s\d,]*?)(?:\s*[,.]+\s*|\s+)(?=[\d\w])")
_LAST_WORD = re.compile(r"[\s,]+([^\W\d_][^\s\d,]*)$")


def read_whole_date(text: str | None) -> Reading | None:
    """Read a date; null where any character of it is not understood, or it is not on the calendar.

    Of 04/05/2031 both readings are kept, one of them in `swapped`. A time without a zone, or with one that
    several parts of the world call by the same letters, keeps its offset null.
    """
    if not text or len(text) > _MAX_CHARS:
        return None
    wrapped = _WRAPPED.fullmatch(text.strip())
    value = _plain(wrapped[2] if wrapped else text)
    if match := _EPOCH.fullmatch(value):
        return from_epoch(int(match[1]))
    value = _without_weekday(value)
    for form in _FORMS:
        if (match := form.fullmatch(value)) and (reading := _reading(match.groupdict())):
            return reading
    return None


def _plain(text: str) -> str:
    """Write wide and foreign digits and spaces as the common ones, and leave out comments (RFC 822, 3.4.3)."""
    text = unicodedata.normalize("NFKC", text).replace("−", "-")
    text = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)
    text = _ZONE_APART.sub(r"\1\2", text)
    while (shorter := _COMMENT.sub(" ", text)) != text:
        text = shorter
    return " ".join(text.split()).strip(" ,;")


def _without_weekday(value: str) -> str:
    if (first := _FIRST_WORD.match(value)) and first[1].lower() in WEEKDAY_WORDS and value[first.end() :]:
        rest = value[first.end() :]
        # "Mar 4 2031": a month, though it is also how a Tuesday is cut short
        value = rest if first[1].lower() not in MONTHS or _has_month(rest) else value
    if (last := _LAST_WORD.search(value)) and last[1].lower().rstrip(".") in WEEKDAY_WORDS:
        value = value[: last.start()]
    return value


def _has_month(rest: str) -> bool:
    return any(word.lower().rstrip(".") in MONTHS for word in re.findall(r"[^\W\d_]+", rest))


def _reading(parts: dict[str, str | None]) -> Reading | None:
    days = _days(parts)
    if not days:
        return None
    readings = [_zoned(_timed(on, parts), parts) for on in days]
    if parts.get("day") is None and parts.get("one") is None:
        return replace(readings[0], day=None) if readings[0] else None
    first = readings[0]
    return replace(first, swapped=readings[1]) if first and len(readings) > 1 else first


def _days(parts: dict[str, str | None]) -> list[date]:
    """Return the days that the text can mean, at most two."""
    year = _year(parts["year"] or "")
    if one := parts.get("one"):
        two = parts["two"] or ""
        # Dots are never American.
        orders = [(one, two)] if parts["mark"] == "." else [(one, two), (two, one)]
    elif name := parts.get("name"):
        month = MONTHS.get(name.lower().rstrip("."))
        orders = [(parts["day"] or "", str(month or 0))]
    else:
        orders = [(parts.get("day") or "1", parts["month"] or "")]
    days = (_day(year, int(month), int(day)) for day, month in orders)
    return list(dict.fromkeys(day for day in days if day))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _year(text: str) -> int:
    """Read a year; of two and three digits as RFC 2822 (4.3) asks."""
    year = int(text)
    if len(text) == 3:
        return year + 1900
    if year > _BUDDHIST_2000:
        return year - _BUDDHIST_ERA
    return year if len(text) == 4 else year + (2000 if year < 50 else 1900)


def _timed(on: date, parts: dict[str, str | None]) -> Reading | None:
    if parts.get("hour") is None:
        return Reading(on.year, on.month, on.day)
    hour, minute = int(parts["hour"] or 0), int(parts.get("minute") or 0)
    second = parts.get("second")
    if half := parts.get("half"):
        if hour > 12:
            return None
        hour = hour % 12 + (12 if half[0] in "pP" or half in {"下午", "午後", "오후"} else 0)
    if hour > 24 or minute > 59 or int(second or 0) > 60 or (hour == 24 and (minute or int(second or 0))):
        return None
    if hour == 24:
        if on == date.max:
            return None
        hour, on = 0, on + timedelta(days=1)
    seconds = min(int(second), 59) if second else None  # a leap second is the last one of its minute
    return Reading(on.year, on.month, on.day, hour, minute, seconds)


def _zoned(reading: Reading | None, parts: dict[str, str | None]) -> Reading | None:
    """Return a time with its zone; null where what stands behind it can be none."""
    zone = parts.get("zone") or parts.get("area") or parts.get("named")
    if reading is None or (odd := parts.get("odd")):
        return reading and replace(reading, zone=odd or "")
    if not zone:
        return reading
    letters = zone.lower()
    # RFC 2822 (4.3): letters that nobody knows, and the military ones, say nothing.
    is_word = letters.isalpha() and len(letters) == len("of") and letters not in ZONES
    if is_word and letters not in _VAGUE:
        return None
    is_rfc = letters in _RFC_ZONES and parts.get("name") and parts.get("second")
    zoned = read_zone(reading, zone)
    return replace(zoned, offset_minutes=ZONES[letters]) if zoned and is_rfc else zoned


_RFC_ZONES = frozenset({"cst"})
"""Shared letters that RFC 822 (5.1) gives one meaning in the dates of its own form."""
_VAGUE = frozenset({"et", "ct", "mt", "pt"})  # winter or summer, which the letters leave open
