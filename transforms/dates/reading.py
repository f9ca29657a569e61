"""A date as it was read: its parts, as far as stated, the views that the steps need of it, and days of any calendar."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

from copydesk.schemas.enums import Precision

_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}
"""The year before the first one of an era."""
_BUDDHIST_ERA, _BUDDHIST_2000 = 543, 2500
PERSIAN_YEARS = range(1370, 1410)
"""Since 1991: what is earlier is a year of the common calendar."""
_PERSIAN_EPOCH = 226_895
"""Days of the common calendar before the first one of the Persian."""
_LEAP_YEAR = 2000


@dataclass(frozen=True, slots=True)
class Reading:
    """The parts that a text states; null where it is silent. `offset_minutes` is east of UTC.

    `swapped` is the other possible reading of 03/04/2016 and stays null once the order is settled. `relative`
    is an ISO 8601 duration from the day of writing (`-P1D`), a weekday (`-W-1` is a Monday) or a month (`--03`).
    `zone` is the name of a zone as stated: a time that has one is never one of another zone, though its offset be null.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    hour: int | None = None
    minute: int | None = None
    second: int | None = None
    offset_minutes: int | None = None
    swapped: "Reading | None" = None
    relative: str = ""
    zone: str = ""

    @property
    def precision(self) -> Precision:
        """Return how finely the reading is stated."""
        if self.relative:
            is_month = self.relative.endswith("M") or self.relative.startswith("--")
            return (
                Precision.MONTH
                if is_month
                else Precision.YEAR
                if self.relative.endswith("Y")
                else Precision.DAY
            )
        if self.month is None:
            return Precision.YEAR
        if self.day is None:
            return Precision.MONTH
        if self.hour is None:
            return Precision.DAY
        return Precision.MINUTE if self.second is None else Precision.SECOND

    @property
    def on(self) -> date | None:
        """Return the calendar day as stated, null where year, month or day is missing."""
        if self.year is None or self.month is None or self.day is None:
            return None
        return date(self.year, self.month, self.day)

    @property
    def at(self) -> datetime | None:
        """Return the moment in UTC, null unless a time of day with its offset is stated."""
        local = self.local_at
        if local is None or self.offset_minutes is None:
            return None
        try:
            return local.replace(tzinfo=timezone(timedelta(minutes=self.offset_minutes))).astimezone(UTC)
        except OverflowError:
            return None

    @property
    def local_at(self) -> datetime | None:
        """Return the time on the clock as stated, without its zone; null unless a time of day is stated."""
        on = self.on
        if on is None or self.hour is None:
            return None
        return datetime(on.year, on.month, on.day, self.hour, self.minute or 0, self.second or 0)  # noqa: DTZ001

    @property
    def has_clock(self) -> bool:
        """Tell whether a time of day is stated; midnight to the second is a day that was padded."""
        return self.hour is not None and (self.hour, self.minute or 0, self.second or 0) != (0, 0, 0)

    @property
    def value(self) -> str:
        """Return ISO 8601 at the stated precision; `--09-30` is a day whose year is not stated."""
        if self.relative:
            return self.relative
        if self.year is None:
            tail = "" if self.day is None else f"-{self.day:02d}"
            return f"--{self.month:02d}{tail}"
        parts = [f"{self.year:04d}"]
        parts += [f"{part:02d}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts) + self._clock()

    def _clock(self) -> str:
        if self.hour is None:
            return ""
        second = "" if self.second is None else f":{self.second:02d}"
        return f"T{self.hour:02d}:{self.minute or 0:02d}{second}{self._offset()}"

    def _offset(self) -> str:
        if self.offset_minutes is None:
            return ""
        if self.offset_minutes == 0:
            return "Z"
        sign, minutes = "-" if self.offset_minutes < 0 else "+", abs(self.offset_minutes)
        return f"{sign}{minutes // 60:02d}:{minutes % 60:02d}"


def from_epoch(seconds: int) -> Reading:
    """Read seconds since 1970 as a moment in UTC."""
    days, rest = divmod(seconds, 86_400)
    on = date.fromordinal(date(1970, 1, 1).toordinal() + days)
    clock = (rest // 3600, rest // 60 % 60, rest % 60)
    return Reading(on.year, on.month, on.day, *clock, offset_minutes=0)


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
