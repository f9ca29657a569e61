"""Read a time of day: CLOCK is the pattern of one, in the notations of all languages, `on_clock` what it says.

Behind it a zone may stand; letters that several zones share wait for the zone of the source.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, tzinfo

from copydesk.transforms.dates.date_words import SHARED_ZONES, ZONES
from copydesk.transforms.dates.publisher_zone import zone_named
from copydesk.transforms.dates.reading import Reading

_EARLY = "上午|下午|午前|午後|凌晨|早上|中午|晚上|오전|오후"
_HALF = rf"[ap]\.?\s?m\b\.?|[πμ]\.?\s?μ(?!\w)\.?|(?:صباح|مساء)[\w\u064b]*|[صم](?!\w)|{_EARLY}"
_LATE = ("p", "μ", "م", "下", "午後", "中", "晚", "오후")
CLOCK = (
    r"(?<!\d)(?:(?P<noon>(?:12\s)?(?:noon|midday|midi|mediod[ií]a|mezzogiorno|meio-dia|正午|정오)(?!\w))"
    rf"|(?:(?P<early>{_EARLY})\s?)?(?P<h>[01]?\d|2[0-4])(?:[:.](?P<m>[0-5]\d)(?:[:.](?P<s>[0-5]\d|60)(?:[.,]\d{{1,9}})?)?"
    r"|\s?h(?:\s?(?P<m_h>[0-5]\d))?(?![^\W_])|(?P<m_hrs>[0-5]\d)(?=\s?hrs)"
    r"|\s?[時时시点點](?:\s?(?P<m_cjk>[0-5]?\d)\s?[分분](?:\s?(?P<s_cjk>[0-5]?\d)\s?[秒초])?|\s?(?P<m_bare>[0-5]\d))?"
    rf"|(?=\s?(?:{_HALF}|uhr)))"
    rf"(?:\s?(?P<half>{_HALF}))?(?:\s?(?:(?:uhr|hrs|h)(?!\w)|น\.?))?)"
)
"""To be searched without regard to case."""
BETWEEN = (
    r"(?:[T\s\xa0,;|.·•()–—\-]|\b(?:at|um|à|kl|klo|alle|ore|ore:|las|los|às|om|a|la|o godz|u|o|time|pukul|jam|ob"
    r"|в|о|στις|saat|เวลา|الساعة|בשעה)\b\.?)"
)
"""One of what stands between a date and its time."""
_WINTER, _SUMMER = (1, 15), (7, 15)
_UNLETTERED = {
    "Asia/Dubai": "gst",
    "Asia/Muscat": "gst",
    "Asia/Riyadh": "ast",
    "Asia/Kuwait": "ast",
    "Asia/Baghdad": "ast",
    "Asia/Dhaka": "bst",
}
"""Zones whose letters the zones' database does not tell."""


def on_clock(reading: Reading, clock: dict[str, str | None]) -> Reading | None:
    """Return a day at a time of day, by the groups of CLOCK; null where the clock shows none such."""
    hour, half = int(clock["h"] or 12), (clock["half"] or clock["early"] or "").lower()
    minute = int(clock["m"] or clock["m_h"] or clock["m_hrs"] or clock["m_cjk"] or clock["m_bare"] or 0)
    second = clock["s"] or clock["s_cjk"]
    if half and hour <= 12:
        hour = hour % 12 + (12 if half.startswith(_LATE) else 0)
    elif half and not half.startswith(_LATE):  # of 13:30 PM the mark is needless, of 13:30 AM one is wrong
        return None
    day: Reading | None = reading
    if hour == 24:
        day, hour = _day_after(reading) if not (minute or int(second or 0)) else None, 0
    if day is None:
        return None
    # A leap second is the last one of its minute.
    return replace(day, hour=hour, minute=minute, second=min(int(second), 59) if second else None)


def _day_after(reading: Reading) -> Reading | None:
    try:
        on = reading.on + timedelta(days=1) if reading.on else None
    except OverflowError:
        return None
    return Reading(on.year, on.month, on.day) if on else None


def read_zone(reading: Reading, zone: str) -> Reading | None:
    """Return a local time with its zone: an offset, or letters to be placed; null where it is neither."""
    local, text = reading.local_at, zone.strip().replace("−", "-")
    if local is None:
        return reading
    if text.isalpha():
        letters = text.lower()
        offset = None if letters in SHARED_ZONES else ZONES.get(letters)
        return replace(reading, offset_minutes=offset, zone=letters)
    if "/" in text:
        return replace(reading, offset_minutes=_minutes(local, zone_named(text)), zone=text)
    offset = offset_of(text)
    return None if offset is None else replace(reading, offset_minutes=offset)


def place_zone(reading: Reading, home: tzinfo | None) -> Reading:
    """Return a time whose zone is told by letters as one of the source's zone, where that zone bears them."""
    local = reading.local_at
    if local is None or home is None or not reading.zone.isalpha():
        return reading
    for day in ((local.month, local.day), _WINTER, _SUMMER):
        at = local.replace(month=day[0], day=day[1])
        if reading.zone in _letters(at, home):
            return replace(reading, offset_minutes=_minutes(at, home))
    return reading


def _letters(at: datetime, home: tzinfo) -> set[str]:
    """Return what a zone is called at a time: PST, PT and what the database leaves out."""
    name = (at.replace(tzinfo=home).tzname() or "").lower()
    short = name[0] + name[-1] if len(name) == len("pst") and name[1] in "sd" else name
    return {name, short, _UNLETTERED.get(str(home), name)}


def _minutes(local: datetime, zone: tzinfo | None) -> int | None:
    offset = local.replace(tzinfo=zone or UTC).utcoffset() or timedelta()
    return int(offset.total_seconds() // 60) if zone else None


def offset_of(zone: str | None) -> int | None:
    """Return the minutes east of UTC that a zone of letters or digits stands for, null where it is not known."""
    if not zone:
        return None
    lowered = zone.lower().replace("−", "-").replace(" ", "")
    if lowered in ZONES:
        return None if lowered in SHARED_ZONES else ZONES[lowered]
    digits = lowered.removeprefix("utc").removeprefix("gmt").removesuffix("z").replace(":", "")
    if not digits or digits[0] not in "+-" or not digits[1:].isdecimal():
        return None
    hours, minutes = (digits[1:-2], digits[-2:]) if len(digits) > 3 else (digits[1:], "0")
    total = int(hours or 0) * 60 + int(minutes)
    if total > 14 * 60 or int(minutes) > 59:
        return None
    return -total if digits[0] == "-" else total
