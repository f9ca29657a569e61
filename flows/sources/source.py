"""An entry of the source list, and the days of a back-fill."""

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from copydesk.flows.fetch.address import Login
from copydesk.flows.read.fields import NO_WISHES, Wishes
from copydesk.flows.read.find_files import FoundFile
from copydesk.schemas.user_error import UserError

_SPAN = re.compile(r"([1-9]\d{0,4})\s*(s|m|h|d|w)")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


@dataclass(frozen=True, slots=True)
class Source:
    """One source, of a SourceKind. Either `url` or `path` is given; a list of addresses may stand in either.

    A page is asked for again after `recheck_after_hours`, then after twice that, and so on, until it was
    first seen `recheck_for_days` ago. `fetches_pages` False takes a feed's own text instead of its pages.
    `wishes` are the user's words for columns. Pages may be named by `addresses`, or by rows of `files`.
    Payloads and texts are kept for so many days where that is said.
    """

    source_id: str
    kind: str
    url: str | None = None
    path: str | None = None
    language: str | None = None
    licence: str | None = None
    publisher: str | None = None
    timezone: str | None = None
    schedule: str | None = None
    is_enabled: bool = True
    fetches_pages: bool = True
    delay_seconds: float | None = None
    requests_per_host: int | None = None
    recheck_after_hours: float = 24.0
    recheck_for_days: float = 7.0
    max_pages: int | None = None
    payload_days: float | None = None
    text_days: float | None = None
    login: Login | None = None
    encoding: str | None = None
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    cookies_file: str | None = None
    proxy: str | None = field(default=None, repr=False)
    wishes: Wishes = NO_WISHES
    addresses: tuple[str, ...] = ()
    files: tuple[FoundFile, ...] = ()


def read_span(text: str) -> timedelta | None:
    """Return the time that a span (`15m`, `2h`, `1d`) stands for; null for another text."""
    found = _SPAN.fullmatch(text.strip())
    return timedelta(**{_UNITS[found[2]]: int(found[1])}) if found else None


def is_schedule(text: str) -> bool:
    """Tell whether a text is a span or a cron line of five fields that comes true."""
    if read_span(text):
        return True
    from cronsim import CronSim, CronSimError

    try:
        next(CronSim(text.strip(), datetime(2026, 1, 1, tzinfo=UTC)))
    except (CronSimError, StopIteration):
        return False
    return len(text.split()) == 5


@dataclass(frozen=True, slots=True)
class Period:
    """The days of a back-fill, both ends belonging to it; null ends are open."""

    since: datetime | None = None
    until: datetime | None = None

    def __post_init__(self) -> None:
        """Refuse a back-fill that ends before it begins."""
        if self.since and self.until and self.until < self.since:
            raise UserError(f"since {self.since:%Y-%m-%d %H:%M} lies after until {self.until:%Y-%m-%d %H:%M}")

    @property
    def is_bounded(self) -> bool:
        """Whether this is a back-fill at all."""
        return self.since is not None or self.until is not None

    def holds(self, moment: datetime) -> bool:
        """Tell whether a moment lies within."""
        return (self.since is None or moment >= self.since) and (self.until is None or moment <= self.until)


ALWAYS = Period()


def read_moment(given: str | date, *, at: time = time.min) -> datetime:
    """Return the moment (UTC) of a day or time: 2026-02-27, 2026-02-27T12:00:00, today, yesterday, 7d (days ago).

    A day alone is that time of it, UTC; so is a moment that names no zone. Raises UserError.
    """
    moment = _day_of(given.strip().lower()) if isinstance(given, str) else given
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, at)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _day_of(text: str) -> date:
    ago = {"today": 0, "yesterday": 1}.get(text)
    if found := re.fullmatch(r"(\d{1,5}) ?d(?:ays?)?(?: ago)?", text):
        ago = int(found[1])
    try:
        if ago is not None:
            return datetime.now(UTC).date() - timedelta(days=ago)
        return date.fromisoformat(text) if len(text) <= len("2026-02-27") else datetime.fromisoformat(text)
    except (ValueError, OverflowError):
        wanted = "a day such as 2026-02-27, 2026-02-27T12:00:00, today, yesterday or 7d"
        raise UserError(f"{text!r} is not {wanted}") from None


def name_of_address(url: str, *, is_page: bool = False) -> str:
    """Return a name of letters, digits and hyphens: the host, and for a listing its path too."""
    host, _, path = url.partition("://")[2].partition("/")
    words = [host.rpartition("@")[2].removeprefix("www.")]
    if not is_page:
        words += [part for part in path.partition("?")[0].split("/") if part]
    return "".join(c if c.isalnum() else "-" for c in "-".join(words)).strip("-")[:60]
