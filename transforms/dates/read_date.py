"""Read the dates that a text states, in any of the common notations, calendars and languages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from copydesk.transforms.dates.date_words import MONTHS, OTHER_MONTHS, PERSIAN_MONTHS, SHARED_ZONES, ZONES
from copydesk.transforms.dates.find_numbers import DIGIT, Numbers, begins_at, find_numbers, windows, within
from copydesk.transforms.dates.fit_weekday import fit_weekday
from copydesk.transforms.dates.read_clock import BETWEEN, CLOCK, offset_of, on_clock
from copydesk.transforms.dates.reading import PERSIAN_YEARS, Reading, calendar_day, is_day_of_year

_YEAR = r"(?:19|20)\d\d"
_OWN_YEAR = rf"(?:{_YEAR}|1(?:3[789]|40)\d)"  # 1403 of the Persian calendar is 2024
_FULL_YEAR = rf"(?:{_OWN_YEAR}|25\d\d)"  # 2567 of the Buddhist era is 2024
_WORD = r"[^\W\d_][^\s\d,;:()|/<>\-]{1,13}"
_GAP = r"[\s\xa0]*"
_ORDINAL = r"(?:st|nd|rd|th|er|ère|ª|º|:e)?\.?"
_OF = r"(?:(?:de|of|di|del|do|da)[\s\xa0]+|d[’'][\s\xa0]*)?"
_PATTERN = re.compile(
    rf"(?<![\d.,/\-])(?P<iso_y>{_OWN_YEAR})(?P<iso_s>[-/.]|\.\s)(?P<iso_m>\d{{1,2}})(?:(?P=iso_s)|-)(?P<iso_d>\d{{1,2}})(?!\d)"
    rf"|(?<![\d.,])(?:(?P<cjk_e>令和|平成|昭和|民[國国])\s?(?P<cjk_n>\d{{1,3}}|元)|(?P<cjk_y>{_YEAR})){_GAP}[年년]{_GAP}(?P<cjk_m>\d{{1,2}}){_GAP}[月월](?:{_GAP}(?P<cjk_d>\d{{1,2}}){_GAP}[日일])?"
    rf"|(?<![\d.,/\-:])(?P<num_a>1?\d{{1,2}})(?P<num_s>[./-]|\s[|/]\s)[\s\xa0]?(?P<num_b>\d{{1,2}})(?P=num_s)[\s\xa0]?(?P<num_y>{_FULL_YEAR}|\d\d)(?![\d/])"
    rf"|(?<![\d.,:])(?P<dmy_d>\d{{1,2}}){_ORDINAL}[\s\xa0\-/]*{_OF}(?P<dmy_m>{_WORD})(?!\w)\.?,?[\s\xa0\-/]*{_OF}(?P<dmy_y>{_FULL_YEAR})(?!\d)"
    rf"|(?<!\w)(?P<mdy_m>{_WORD})\.?[\s\xa0\-]*(?P<mdy_d>\d{{1,2}})(?:st|nd|rd|th)?(?:{_GAP},{_GAP}|[\s\xa0\-]+)(?P<mdy_y>{_YEAR})(?!\d)"
    rf"|(?<![\d.,])(?P<ydm_y>{_YEAR})\.?\s(?:gada|жыл(?:ғы|дың))\s(?P<ydm_d>\d{{1,2}})\.?\s(?P<ydm_m>{_WORD})(?!\w)"
    rf"|(?<![\d.,])(?P<ymd_y>{_YEAR})[.,]?[\s\xa0\-]+(?:m\.\s)?(?P<ymd_m>{_WORD})\.?[\s\xa0\-]+(?P<ymd_d>\d{{1,2}})(?![\d:])(?:\sd\.)?"
    rf"|(?<![\d.,:])(?P<thai_d>\d{{1,2}})\s?(?P<thai_m>[ก-๎][ก-๎.]{{2,11}})\s?(?:พ\.ศ\.\s?)?(?P<thai_y>{_FULL_YEAR}|\d\d)(?![\d:.])"
    rf"|(?<![\d.,\-/])(?P<cmp_y>{_YEAR})(?P<cmp_m>[01]\d)(?P<cmp_d>[0-3]\d)(?=T\d|\D|$)"
)
YEAR_HINT = r"(?:(?<=1)[349]|(?<=2)[05])\d\d|\d?\s?[ก-ฮ]|(?<=[^0-9])\d{3}|\d{0,2}[年月]"
"""What a digit begins that may be a year: of this century or the last, of another calendar, in another script."""
_ANCHOR = re.compile(rf"{DIGIT}(?:{YEAR_HINT}|\d?[./-]\s?\d{{1,2}}[./-]\s?\d\d)")
_DAY_CHARS = frozenset({1, 2, 8})
"""How long one number of each full date is, besides its year."""
_LOOSE_CHARS = frozenset({1, 2, 4})
_LOOSE = re.compile(
    rf"(?<!\w)(?P<my_m>{_WORD})\.?,?[ \t\xa0]+{_OF}(?P<my_y>{_YEAR})(?![\d])"
    rf"|(?<![\d.,:/\-$€£])(?P<dm_d>\d{{1,2}}){_ORDINAL}[ \t\xa0]+{_OF}(?P<dm_m>{_WORD})\b"
    rf"|(?<!\w)(?P<md_m>{_WORD})\.?[ \t\xa0]+(?P<md_d>\d{{1,2}})(?:st|nd|rd|th)?(?![\d,.]?\d|%)"
    rf"|(?<![\d.,/\-$€£#])(?P<y_y>{_YEAR})(?![\d%]|[.,/\-:]\d)"
)
_ZONE = (
    r"(?P<z>[+\-−]00:?00z|z|[+\-−][01]?\d(?::\d\d|(?<=\d\d)\d\d)?|(?:utc|gmt)(?:\s?[+\-−]\d{1,2}(?::?\d\d)?)?"
    r"|[^\W\d_]{3,4}|(?-i:[ECMP]T))(?![\w:+−]|-\d)"
)
_DAY_IN_BRACKETS = r"(?:\s?[(（][月火水木金土日월화수목금토일](?:曜日?|요일)?[)）])?"
_CLOCK = re.compile(rf"{_DAY_IN_BRACKETS}{BETWEEN}{{0,6}}?{CLOCK}(?:(?:[^\S\n]|\()*{_ZONE})?", re.IGNORECASE)
_CLOCK_FIRST = re.compile(
    rf"{CLOCK}(?:\s?{_ZONE})?[\s\xa0,|–—\-]{{1,4}}(?:on |\w{{3,9}},? )?$", re.IGNORECASE
)
_UNTIL = re.compile(r"[-−]\d?\d:\d\d")
"""Behind a time told to the minute: `10:15-11:45`, its end and no zone."""
_FOREIGN_DIGITS = {
    zero + digit: str(digit)
    # Arabic, Persian, Hindi, Bengali, Tamil, Thai, Lao, Burmese, Khmer, wide
    for zero in (0x0660, 0x06F0, 0x0966, 0x09E6, 0x0BE6, 0x0E50, 0x0ED0, 0x1040, 0x17E0, 0xFF10)
    for digit in range(10)
}


@dataclass(frozen=True, slots=True)
class Found:
    """A reading with the half-open stretch of the string that states it."""

    reading: Reading
    start_char: int
    end_char: int


def read_dates(text: str, *, is_year_first: bool = False, numbers: Numbers | None = None) -> Iterator[Found]:
    """Yield the dates of a string that name day, month and year (or year and month in CJK), in order.

    03/04/2016 comes day first, with the other reading beside it in `swapped`. `is_year_first` tells of 24.05.12.
    `numbers` are those of the text, where they have been found.
    """
    numbers = find_numbers(text) if numbers is None else numbers
    if any(not text[first:end].isascii() for first, end in numbers):
        text = text.translate(_FOREIGN_DIGITS)
    read_to = 0
    for start, end in windows(text, _anchors(text, numbers), 40):
        inside = within(numbers, start, end)
        if not any(stop - first in _DAY_CHARS for first, stop in inside):
            continue
        for match in _matches(text, start, end, inside):
            reading = _from_match(match, is_year_first=is_year_first)
            if reading is not None:
                first, last = match.span()
                reading = fit_weekday(reading, text[max(0, first - 20) : first], text[last : last + 20])
                found = _with_clock(text, match, reading, read_to)
                read_to = found.end_char
                yield found


def read_day(text: str) -> Found | None:
    """Return the day that a string begins with, without its time."""
    match = _PATTERN.match(text)
    reading = _from_match(match, is_year_first=False) if match else None
    return Found(reading, *match.span()) if match and reading else None


def _anchors(text: str, numbers: Numbers) -> Iterator[tuple[int, int]]:
    """Yield what may be a year in the numbers of a text; most text holds none, and the patterns are slow."""
    end = 0
    for first, stop in numbers:
        for place in range(max(first, end), stop):
            if place >= end and (match := _ANCHOR.match(text, place)):
                end = match.end()
                yield place, end


def _matches(text: str, start: int, end: int, numbers: Numbers) -> Iterator[re.Match[str]]:
    """Yield what `finditer` would of the full dates of a stretch: they begin at a number, or a word before one."""
    if text.find("年", start, end) >= 0:  # an era may stand without a number, and behind any sign
        yield from _PATTERN.finditer(text, start, end)
        return
    at = start
    for place in begins_at(text, start, numbers):
        if place >= at and (match := _PATTERN.match(text, place, end)):
            at = match.end()
            yield match


def read_loose_dates(text: str, *, numbers: Numbers | None = None) -> Iterator[Found]:
    """Yield what is less than a full date: month and year, day and month, or a year alone."""
    numbers = find_numbers(text) if numbers is None else numbers
    short = [number for number in numbers if number[1] - number[0] in _LOOSE_CHARS]
    for start, end in windows(text, numbers, 24):
        at = start
        for place in begins_at(text, start, within(short, start, end)):
            if place < at or (match := _LOOSE.match(text, place, end)) is None:
                continue
            reading, start_char = _from_loose(match)
            at = match.end() if reading else max(match.start() + 1, match.end() - 4)
            if reading is not None:
                yield Found(reading, start_char, match.end())


def _from_loose(match: re.Match[str]) -> tuple[Reading | None, int]:
    if match["y_y"]:
        return Reading(year=int(match["y_y"])), match.start()
    month = MONTHS.get((match["my_m"] or match["dm_m"] or match["md_m"]).lower().rstrip("."))
    if match["my_y"]:
        start = match.start() if month else match.start("my_y")
        return Reading(year=int(match["my_y"]), month=month), start
    day = int(match["dm_d"] or match["md_d"])
    is_day = month is not None and is_day_of_year(month, day)
    return (Reading(month=month, day=day) if is_day else None), match.start()


def _from_match(match: re.Match[str], *, is_year_first: bool) -> Reading | None:
    groups = match.groupdict()
    if groups["num_a"]:
        return _numeric(groups, is_year_first=is_year_first)
    if era := groups["cjk_e"]:
        groups["cjk_y"] = groups["cjk_n"].replace("元", "1")
    for kind in ("iso", "cjk", "cmp"):
        if groups[f"{kind}_y"]:
            return _checked(groups[f"{kind}_y"], groups[f"{kind}_m"], groups[f"{kind}_d"], era or "")
    for kind in ("dmy", "mdy", "ymd", "ydm", "thai"):
        if groups[f"{kind}_y"]:
            return _named(groups[f"{kind}_y"], groups[f"{kind}_m"].lower().rstrip("."), groups[f"{kind}_d"])
    return None


def _named(year: str, name: str, day: str) -> Reading | None:
    year = f"25{year}" if len(year) == 2 else year  # Thai papers write 67
    names = PERSIAN_MONTHS if int(year) in PERSIAN_YEARS else MONTHS
    reading = _checked(year, names.get(name, 0), day)
    if reading is None or name not in OTHER_MONTHS:
        return reading
    return replace(reading, swapped=_checked(year, OTHER_MONTHS[name], day))


def _numeric(groups: dict[str, str], *, is_year_first: bool) -> Reading | None:
    year, is_short = groups["num_y"], len(groups["num_y"]) == 2
    if is_short and is_year_first and len(groups["num_a"]) > 1:
        era = "民國" if len(groups["num_a"]) == 3 else ""
        return _checked(groups["num_a"] if era else f"20{groups['num_a']}", groups["num_b"], year, era)
    if is_short:
        if groups["num_s"] == "-":
            return None  # 10-12-16 is as often a score, a range or a part number
        year = f"20{year}" if int(year) < 70 else f"19{year}"
    day_first = _checked(year, groups["num_b"], groups["num_a"])
    month_first = _checked(year, groups["num_a"], groups["num_b"])
    if "." in groups["num_s"] or month_first is None or day_first == month_first:
        return day_first  # dots are never American
    return month_first if day_first is None else replace(day_first, swapped=month_first)


def _checked(year: str, month: str | int, day: str | None, era: str = "") -> Reading | None:
    return calendar_day(int(year), int(month), None if day is None else int(day), era=era)


def _with_clock(text: str, match: re.Match[str], reading: Reading, read_to: int) -> Found:
    """Return the date with the time of day beside it; one before it, from `read_to` on, may be its own too."""
    start, end = match.span()
    if reading.day is None:
        return Found(reading, start, end)
    clock = _CLOCK.match(text, end)
    if clock is None:
        first = max(read_to, start - 40)
        clock = _CLOCK_FIRST.search(text[first:start])
        if clock is None:
            return Found(reading, start, end)
        return Found(_timed(reading, clock.groupdict()), first + clock.start(), end)
    parts = clock.groupdict()
    if _UNTIL.fullmatch(parts["z"] or "") and not (parts["s"] or match["iso_y"] or match["cmp_y"]):
        parts["z"] = None
    return Found(_timed(reading, parts), start, clock.end())


def _timed(reading: Reading, clock: dict[str, str | None]) -> Reading:
    timed, zone = on_clock(reading, clock), (clock["z"] or "").lower()
    if timed is None:
        return reading
    swapped = _timed(reading.swapped, clock) if reading.swapped else None
    named = zone if zone in ZONES or zone in SHARED_ZONES else ""
    return replace(timed, offset_minutes=offset_of(zone), swapped=swapped, zone=named)
