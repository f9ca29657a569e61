"""Put a day of any calendar that newsrooms write by into the common one."""

from datetime import date

from copydesk.transforms.dates.reading import Reading

_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}
"""The year before the first one of an era."""
_BUDDHIST_ERA, _BUDDHIST_2000 = 543, 2500
PERSIAN_YEARS = range(1370, 1410)
"""Since 1991: what is earlier is a year of the common calendar."""
_PERSIAN_EPOCH = 226_895
"""Days of the common calendar before the first one of the Persian."""
_LEAP_YEAR = 2000


def calendar_day(year: int, month: int, day: int | None = None, *, era: str = "") -> Reading | None:
    """Return a day or a month by its numbers; null where the calendar has none.

    Years beyond 2500 are of the Buddhist era, those of `PERSIAN_YEARS` of the Persian one (its leap years by the cycle
    of 33), those of an `era` are counted from its first.
    """
    if year in PERSIAN_YEARS:
        return _of_persian(year, month, day)
    if era or year > _BUDDHIST_2000:
        year = year + _ERAS[era] if era else year - _BUDDHIST_ERA
    try:
        on = date(year, month, day or 1)
    except ValueError:
        return None
    return Reading(on.year, on.month, None if day is None else day) if day != 0 else None


def is_day_of_year(month: int, day: int) -> bool:
    """Tell whether some year has such a day."""
    return day > 0 and calendar_day(_LEAP_YEAR, month, day) is not None


def _of_persian(year: int, month: int, day: int | None) -> Reading | None:
    if day is None or not (1 <= month <= 12 and 1 <= day <= (31 if month < 7 else 30)):
        return None
    before = (month - 1) * 31 - max(0, month - 7) + (year - 1) * 365 + (8 * year + 21) // 33
    on = date.fromordinal(_PERSIAN_EPOCH - 1 + before + day)
    return Reading(on.year, on.month, on.day)
