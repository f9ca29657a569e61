"""Read a time of day: CLOCK is the pattern of one, in the notations of all languages, `on_clock` what it says."""

from dataclasses import replace
from datetime import timedelta

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
