"""What stands around a date: what makes it that of something (`the match on 3 May`, `Kick-off: 3 May`), a dateline."""

import re

from copydesk.transforms.dates.date_words import (
    DONE_LABEL,
    EVENT_LABEL,
    MODIFIED_LABEL,
    PUBLISHED_LABEL,
    WEEKDAY_WORDS,
)
from copydesk.transforms.dates.read_date import Found

_BYLINE = frozenset(
    "von par por pela pelo for the from vom den der les del dal della van door för fra przez dnia um uhr".split()  # noqa: SIM905
)
_SEPARATOR = re.compile(r"\s*[|·•\n]\s*|\s[–—-]\s|[()]")
"""What divides a line into what is said of the date and other things."""
_WORD = re.compile(r"[^\W\d_]{3,}")
_LABEL = re.compile(r"([^\d|·•()]*?)\s?[:：]\s*$")
_DATE_WORD = re.compile(
    r"(?:^|.*\W|.*(?=datum|日))(?:date|datum|data|fecha|dato|дата|tarih|dátum|päiväys|ημερομηνία|تاريخ|تاریخ|التاريخ|วันที่|tanggal"
    r"|日期|日時|日付|时间|時間|날짜|on|am|le|el|il)?\W*",
    re.IGNORECASE,
)
"""Labels that leave open what a date is of."""
_BEHIND = re.compile(
    rf"\s*(?:\(\s*({PUBLISHED_LABEL}|{MODIFIED_LABEL})\s*\)|\(?(更新|수정|公開|掲載|입력)\)?(?!\w|\s*[:：])"
    r"|((?:last )?updated)(?!\s*[\w:：(]))",
    re.IGNORECASE,
)
_OTHER = re.compile(rf"(?:^|\W)(?:{EVENT_LABEL}|{DONE_LABEL})\W{{0,3}}$")
_POST = re.compile(r"[—–-]\s?[^—–\d]{1,60}\(@\w{2,20}\)\s*$")
"""Who wrote a short post: — Ann Finch (@ann) May 3, 2024."""
_CASELESS = re.compile(r"[\u0590-\u06ff\u0900-\u0dff\u0e01-\u0e4e\u3040-\u9fff\uac00-\ud7a3]")
_BEFORE = re.compile(
    r"^\W{0,2}(?:(?:[^\d.!?:;\n]|(?<=\w)\.(?=,|\w\.)){2,45}[,(/|–—-]\s?(?:den |le |el |il |em )?"
    r"|[\u4e00-\u9fff]{2,12})$"
)
_AFTER = re.compile(r"^\s*(?:\([^)\n]{2,30}\)\s*)?(?:[-–—:/)\]]|电|電)")
_AGENCY = r"\((?![^)\n]*(?:photo|foto|file|image|bild))[^)\n/:|]{2,30}\)"
_AGENCY_BEFORE = re.compile(rf"\s*{_AGENCY}(?=\W*$)", re.IGNORECASE)
_AGENCY_AFTER = re.compile(rf"^\s*{_AGENCY}\.?", re.IGNORECASE)
_STORY_CHARS = 40


def tells_more(before: str, after: str = "") -> bool:
    """Tell whether a line says more beside its date than names, places, times, weekdays and the words of bylines.

    A word in lower case does, a label that is not known, and in scripts without cases what is joined to the date.
    """
    if is_of_label(before) or _OTHER.search(before.lower()):
        return True
    if _is_joined(before[-1:], before) or _is_joined(after[:1], after):
        return True
    words = _WORD.findall(f"{_SEPARATOR.split(before)[-1]} {_SEPARATOR.split(after)[0]}")
    return any(word[0].islower() and word not in _BYLINE and word not in WEEKDAY_WORDS for word in words)


def is_of_label(before: str, *, least_words: int = 1) -> bool:
    """Tell whether a label that is not known leads to a date: what it names, the date is of."""
    last = before.rstrip()[-1:]
    if last == ")":
        return _POST.search(before) is not None
    label = _LABEL.search(before) if last in (":", "：") else None
    if label is None or len(label[1].split()) < least_words:
        return False
    return _DATE_WORD.fullmatch(label[1]) is None


def label_behind(after: str) -> str:
    """Return the label that stands behind a date: `3 May 2024 (updated)`, 2024年3月5日 10:00更新."""
    label = _BEHIND.match(after)
    return label[label.lastindex or 0] if label else ""


def _is_joined(letter: str, words: str) -> bool:
    return bool(letter and _CASELESS.match(letter)) and words.strip().lower() not in WEEKDAY_WORDS


def around(text: str, found: list[Found], place: int) -> tuple[str, str]:
    """Return what is said before a date since the one before it, and behind it, unless another date follows."""
    item = found[place]
    before = text[found[place - 1].end_char if place else 0 : item.start_char]
    return before, "" if place + 1 < len(found) else text[item.end_char :]


def is_dateline(before: str, after: str) -> bool:
    """Tell whether a place and a dash stand around a date: `Millmoor, 3 May 2024 (AP) - The pier ...`."""
    return bool(_AFTER.match(after) and _BEFORE.match(before.lstrip()))


def without_agency(before: str, after: str) -> tuple[str, str]:
    """Return what stands around a date without the agency in brackets, where a story follows or nothing stands.

    There it is who sent the story; elsewhere such brackets are a picture's credit, and stay.
    """
    if "(" not in before and "(" not in after:
        return before, after
    led, rest = _AGENCY_BEFORE.sub(",", before), _AGENCY_AFTER.sub("", after)
    is_lone = not led.strip(" ,") and not rest.strip()
    is_story = len(rest) >= _STORY_CHARS and is_dateline(led, rest)
    return (led, rest) if is_lone or is_story else (before, after)
