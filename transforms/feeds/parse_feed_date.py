"""Enters: a date as feeds write it. Leaves: the moment in UTC, or null.

Feeds promise RFC 822 or RFC 3339 and hold much else; each pattern below stands for a family that is in use.
A time without a zone is taken as UTC, as feed readers do.
"""

import re
from datetime import UTC, datetime, timedelta, timezone

_MONTHS = {
    name[:3]: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_ZONES = {
    "ut": 0, "utc": 0, "gmt": 0, "z": 0, "wet": 0, "bst": 60, "ist": 330, "west": 60, "cet": 60, "met": 60,
    "mez": 60, "cest": 120, "mest": 120, "mesz": 120, "eet": 120, "sast": 120, "eest": 180, "msk": 180,
    "sgt": 480, "hkt": 480, "awst": 480, "jst": 540, "kst": 540, "acst": 570, "aest": 600, "acdt": 630,
    "aedt": 660, "nzst": 720, "nzdt": 780, "ast": -240, "adt": -180, "nst": -210, "ndt": -150, "est": -300,
    "edt": -240, "et": -300, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420,
    "pt": -480, "akst": -540, "akdt": -480, "hst": -600, "brt": -180, "art": -180,
}  # fmt: skip
_TIME = r"(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})(?:[:.](?P<second>\d{1,2})(?:[.,]\d+)?)?\s*(?P<half>[ap]\.?m\.?)?"
_ZONE = r"\s*(?P<zone>[+-]\d{1,2}:?\d{2}|[+-]\d{1,2}|(?:gmt|utc)[+-]\d{1,2}:?(?:\d{2})?|[a-z]{1,5})?"
_WHEN = rf"(?:[\s,T]*(?:at\s+)?{_TIME}{_ZONE}.*)?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_WEEKDAY = r"(?:[^\W\d]+[.,]*\s+)?"
_NAME = r"(?P<name>[a-z]{3,9})"
_FORMS = (
    # 2031-05-04T12:30:00+02:00, 2031-05-04 12:30, 2031/05/04, 20310504
    rf"^(?P<year>\d{{4}})[-/.]?(?P<month>\d{{1,2}})[-/.]?(?P<day>\d{{1,2}})(?!\d){_WHEN}$",
    # 20310504T123000Z
    rf"^(?P<year>\d{{4}})(?P<month>\d\d)(?P<day>\d\d)T(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?{_ZONE}$",
    # 2031-05
    r"^(?P<year>\d{4})-(?P<month>\d{2})$",
    # Sun, 4 May 2031 12:30:00 GMT, with or without weekday, with dots, dashes or two digits of the year
    rf"^{_WEEKDAY}{_DAY}[\s.-]*{_NAME}[\s.,-]*(?P<year>\d{{4}}|\d{{2}}){_WHEN}$",
    # May 4, 2031 12:30 PM, Sunday, May 4th 2031
    rf"^{_WEEKDAY}{_NAME}[\s.]+{_DAY}[\s,]+(?P<year>\d{{4}}){_WHEN}$",
    # Sun May  4 12:30:00 UTC 2031 (C's asctime and Unix date)
    rf"^{_WEEKDAY}{_NAME}\s+(?P<day>\d{{1,2}})\s+{_TIME}{_ZONE}\s+(?P<year>\d{{4}})$",
    # 04.05.2031 12:30
    rf"^(?P<day>\d{{1,2}})\.(?P<month>\d{{1,2}})\.(?P<year>\d{{4}}){_WHEN}$",
    # 05/04/2031; the day stands first only where the other reading is no date
    rf"^(?P<month>\d{{1,2}})/(?P<day>\d{{1,2}})/(?P<year>\d{{4}}){_WHEN}$",
    rf"^(?P<day>\d{{1,2}})/(?P<month>\d{{1,2}})/(?P<year>\d{{4}}){_WHEN}$",
)
_PATTERNS = tuple(re.compile(form, re.IGNORECASE | re.DOTALL) for form in _FORMS)
_EPOCH = re.compile(r"^1\d{9}(\d{3})?$")


def parse_feed_date(text: str | None) -> datetime | None:
    """Read a date; null where it is none or is not on the calendar."""
    if not text:
        return None
    value = re.sub(r"\s*\([^)]*\)\s*$", "", " ".join(text.split()))[:100]
    if _EPOCH.match(value):
        return datetime.fromtimestamp(int(value[:10]), UTC)
    for pattern in _PATTERNS:
        if (match := pattern.match(value)) and (moment := _moment(match.groupdict())):
            return moment
    return None


def _moment(parts: dict[str, str | None]) -> datetime | None:
    month = (
        int(parts["month"] or 0)
        if parts.get("month")
        else _MONTHS.get((parts.get("name") or "")[:3].lower(), 0)
    )
    year = int(parts["year"] or 0)
    if year < 100:
        year += 2000 if year < 70 else 1900
    hour = _hour(int(parts.get("hour") or 0), parts.get("half"))
    try:
        zone = timezone(timedelta(minutes=_offset_minutes(parts.get("zone"))))
        start = datetime(
            year, month, int(parts.get("day") or 1), hour % 24, int(parts.get("minute") or 0),
            min(int(parts.get("second") or 0), 59), tzinfo=zone,
        )  # fmt: skip
        return (start + timedelta(days=hour // 24)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _hour(hour: int, half: str | None) -> int:
    if not half:
        return hour if hour <= 24 else 99_999_999
    return hour % 12 + (12 if half[0] in "pP" else 0)


def _offset_minutes(zone: str | None) -> int:
    if not zone:
        return 0
    text = zone.lower()
    for word in ("gmt", "utc"):
        if text.startswith(word) and len(text) > len(word):
            text = text[len(word) :]
    if text[0] not in "+-":
        return _ZONES.get(text, 0)
    digits = text[1:].replace(":", "")
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "0")
    return (1 if text[0] == "+" else -1) * (int(hours) * 60 + int(minutes))
