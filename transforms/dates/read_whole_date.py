"""Enters: the date that a feed, a row or a header gives. Leaves: what it states, read to its last character, or null.

Feeds promise RFC 822 or RFC 3339 and hold much else. A reader that takes the part it knows invents dates
("2024年5月6日" became a day of the month it was read in), so day, time and zone stand for the whole of the text.
"""

import re
import unicodedata
from dataclasses import replace

from copydesk.transforms.dates.date_words import MONTHS, WEEKDAY_WORDS, ZONES
from copydesk.transforms.dates.fit_weekday import fit_weekday
from copydesk.transforms.dates.read_clock import BETWEEN, CLOCK, on_clock, read_zone
from copydesk.transforms.dates.read_date import read_dates, read_day
from copydesk.transforms.dates.reading import Reading, calendar_day, from_epoch

_MAX_CHARS = 120
_WRAPPED = re.compile(r"(?:\[|\{\s*\"\$date\"\s*:)\s*([\"']?)([^\"'\[\]{}]+)\1\s*[\]}]")
"""A date as databases export it: the one item of a list, or a field `$date`."""
_ZONE = (
    r"(?:(?:(?P<zone>[+-]00:?00z|(?:utc|gmt)?\s?[+-]\d\d?:?\d\d|(?:utc|gmt)?\s?[+-]\d\d?|[^\W\d_]{1,5})"
    r"|(?P<odd>z[+-][\d:]{1,5}|[+-]\d\d:?\d\d(?:z|:\d\d)|[a-z]{3,4}\d[a-z]{3,4})"
    r"|(?P<area>[a-z]{2,12}(?:/[a-z_+\d-]{2,20}){1,2}))"
    r"(?:\s*(?:\[[\w/+-]{1,40}\]|(?<=\d)\s[a-z]{2,5}))?|\[(?P<named>[\w/+-]{1,40})\])"
)
_TIME = re.compile(
    rf"\.?(?:\s*(?:г\.?|года|р\.?|року|year)(?!\w))?(?:{BETWEEN}{{0,6}}?{CLOCK}(?:\s*{_ZONE})?)?",
    re.IGNORECASE,
)
_SPELT = (
    # 06 May 99, 06-May-24, 06 May 101: as RFC 2822 (4.3) asks a year of two or three digits to be read
    (re.compile(r"^(\d{1,2}[\s-][^\W\d_]{3,9}\.?[\s-])([5-9]\d)(?=\s|$)"), r"\g<1>19\2"),
    (re.compile(r"^(\d{1,2}[\s-][^\W\d_]{3,9}\.?[\s-])1?(\d\d)(?=\s|$)"), r"\g<1>20\2"),
    # Sun May  4 12:30:00 UTC 2031, as C and Unix write it
    (re.compile(r"^([^\W\d_]+ \d{1,2}) ([\d:]{5,8}(?: \D\S*)?) (\d{4})$"), r"\1 \3 \2"),
    # 20310504T123000Z, 203105041230
    (re.compile(r"^(\d{4})(\d\d)(\d\d)\s?T?(\d\d)(\d\d)(\d\d)(?!\d)", re.IGNORECASE), r"\1-\2-\3 \4:\5:\6"),
    (re.compile(r"^(\d{4})(\d\d)(\d\d)\s?T?(\d\d)(\d\d)(?!\d)", re.IGNORECASE), r"\1-\2-\3 \4:\5"),
)
"""How forms of machines are written out as people's."""
_MONTH = re.compile(r"([12]\d{3})-(\d\d)")
_SHORT = re.compile(r"\d{1,3}\D{1,3}\d{1,2}\D{1,3}\d\d(?!\d)")
"""04.05.31 may be any of three days."""
_EPOCH = re.compile(r"(1\d{9})(?:\d{3}|\d{6}|\.\d{1,9})?")
_COMMENT = re.compile(r"\([^()]*\)")
_ZONE_APART = re.compile(
    r"((?<![+-]\d\d):\d\d(?:[.,]\d+)?(?: ?[ap]\.?m\.?| ?uhr)? ?)"
    r"\(((?:utc|gmt)? ?[+-]\d[\d:]*|(?-i:[A-Z]{2,5})|\w+/[\w/]+)\)",
    re.IGNORECASE,
)
"""A zone in brackets right behind a clock is no comment."""
_ENDS = re.compile(r"\A\D+"), re.compile(r"(?<=\d)\D+\Z")
_FIRST_WORD = re.compile(r"([^\W\d_][^\s\d,]*?)(?:\s*[,.]+\s*|\s+)(?=[\d\w])")
_LAST_WORD = re.compile(r"[\s,]+([^\W\d_][^\s\d,]*)$")
_ESCAPED_PLUS = re.compile(r"&#43;|&#x2b;|&plus;|%2b", re.IGNORECASE)
_LOST_PLUS = re.compile(r"(T\d\d:\d\d:\d\d(?:\.\d+)?) (\d\d:?\d\d)$")


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
    if match := _MONTH.fullmatch(value):
        return calendar_day(int(match[1]), int(match[2]))
    before, behind = (ends[0] if (ends := each.search(value)) else "" for each in _ENDS)
    value = _without_weekday(value)
    for form, spelt in _SPELT:
        value = form.sub(spelt, value)
    found = None if _SHORT.match(value) else read_day(value)
    time = _TIME.fullmatch(value, found.end_char) if found and found.reading.day else None
    if found is None or time is None:
        return None
    day = fit_weekday(found.reading, before, behind)
    if time["h"] is None and time["noon"] is None:
        return day
    is_named = any(map(str.isalpha, value[: found.end_char]))
    first, other = (_timed(one, time.groupdict(), is_named=is_named) for one in (day, day.swapped))
    return replace(first, swapped=other) if first else None


def _plain(text: str) -> str:
    """Write wide and foreign digits and spaces as the common ones, and leave out comments (RFC 822, 3.4.3)."""
    text = unicodedata.normalize("NFKC", text).replace("−", "-")
    text = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)
    text = _ZONE_APART.sub(r"\1\2", text)
    while (shorter := _COMMENT.sub(" ", text)) != text:
        text = shorter
    return " ".join(text.split()).strip(' ,;"')


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


def _timed(day: Reading | None, parts: dict[str, str | None], *, is_named: bool) -> Reading | None:
    """Return a day with its time and zone; null where what stands behind it can be none."""
    reading = on_clock(day, parts) if day else None
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
    zoned = read_zone(reading, zone)
    is_rfc = letters in _RFC_ZONES and is_named and reading.second is not None
    return replace(zoned, offset_minutes=ZONES[letters]) if zoned and is_rfc else zoned


_RFC_ZONES = frozenset({"cst"})
"""Shared letters that RFC 822 (5.1) gives one meaning in the dates of its own form."""
_VAGUE = frozenset({"et", "ct", "mt", "pt"})  # winter or summer, which the letters leave open


def read_stamp(text: str) -> Reading | None:
    """Read the one date of a machine-made value (an attribute, a header, a row); Unix time included."""
    stripped = _mended(text.strip()[:80])
    whole = read_whole_date(stripped)
    found = None if whole else next(read_dates(stripped), None)
    return found.reading if found else whole


def _mended(stamp: str) -> str:
    """Write a stamp's zone and clock as they were before an address or a page spoilt them: `+` lost or escaped."""
    return _LOST_PLUS.sub(r"\1+\2", _ESCAPED_PLUS.sub("+", stamp))
