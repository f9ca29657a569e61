"""Tell whether a line is nothing but a date, a time or a reading time with its label."""

import re
from functools import lru_cache

from copydesk.transforms.dates.date_words import MONTHS
from copydesk.transforms.rules.fold import fold
from copydesk.transforms.text.words import words_of

_DAY_WORDS, _UNIT_WORDS, _LABEL_WORDS, _READING_WORDS, _KEY_LABELS = (
    words_of("times", name) for name in ("days", "units", "labels", "reading", "key_labels")
)
_MONTH_AND_YEAR = 2
_PLACE = re.compile(r"[^\W\d][^\d,]{2,40}, \d")
"""A place before the date: "Villar de Alcor, 9 de julio de 2019"."""
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_AGENCY = re.compile(r"\([a-z]{2,8}\)|/[\w ]{2,14}/|(?:来源|來源|出典) ?[:：] ?\S{2,12}")
"""An agency in brackets or between strokes beside the date, or a source: "Oct 5 (XYZ)"."""
_AGO = re.compile(
    r"(?:il y a|vor|hace|ha) (?:\d{1,2}|une?|einer|einem|um|uma)"
    r" (?:mins?|minut[eo]s?|minuten|h|heures?|horas?|stunden?|jours?|dias?|tag(?:en)?)"
    r"|(?:\d{1,2}|an?) ?(?:mins?|minut[eio]s?|minuten|h|hrs?|hours?|days?|or[ae]|giorni|uur|dagen) (?:ago|fa|geleden)"
)
"""How long ago, and nothing else."""
_DIGIT = re.compile(r"\d")
_LONGEST_PLAIN = 50
_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_CLOCK = re.compile(r"(?<!\d)(?:[01]?\d|2[0-3])\s?[:.h]\s?[0-5]\d\b|\b(?:1[0-2]|0?\d) ?[ap]\.?m\b")
_NUMERIC = re.compile(
    r"(?<!\d)(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})\b"
    r"|(?<!\d)\d{4} ?[年년] ?\d{1,2} ?[月월] ?\d{1,2} ?[日일]"
)
"""No word's edge before it: Korean labels stand at the number (송고시간2024-09-03)."""
_PLAIN = re.compile(
    r"(?:[^\W\d]+[.,]? ?[:：]? ?){0,2}(?:"
    r"\d{1,2}(?:\.|-?[^\W\d]{1,2})? (?:de |tháng )?[^\s\d]{2,14}\.?(?: de)?,? (?:19|20|25)\d\d"
    r"|(?:19|20)\d\d\. [^\s\d]{3,14} \d{1,2}\.?"
    r"|(?:19|20)\d\d ?[年년] ?\d{1,2} ?[月월] ?\d{1,2} ?[日일])"
    r"\W{0,3}[^\W\d]{0,8}\.?\W{0,3}(?:\d{1,2} ?[:.時时시] ?\d{2}(?:[:.]\d\d)?[分분]? ?[^\W\d]{0,6})?\W*"
)
"""A date in any language: a day, one word and a year, with at most a label and a clock; or year, month and day."""
_ANY_MONTH = frozenset(map(fold, MONTHS))
_TIME_WORDS = _ANY_MONTH | _DAY_WORDS
_CJK_MONTHS = frozenset("月월")
_BETWEEN_DIGITS = re.compile(r"[\s\d.,:()/-]+")
_MINUTES = re.compile(
    r"\d+[ -]?(?:min|mins|minutes?|minuten?|minutos?|minuti|mn|минут[аы]?|мин|minut[ay]?|dakika|λεπτά|phut|menit)\b"
)


@lru_cache(maxsize=4096)
def is_reading_time(folded: str) -> bool:
    """Return whether the folded line says how long the article takes to read, and nothing else."""
    if _DIGIT.search(folded) is None:
        return False
    tokens = _TOKEN.findall(folded)
    known = _READING_WORDS | _UNIT_WORDS
    return (
        len(tokens) <= 7
        and _MINUTES.search(folded) is not None
        and any(t in _READING_WORDS for t in tokens)
        and all(t.isdigit() or t in known for t in tokens)
    )


def form_of_timestamp(folded: str) -> str | None:
    """Return whether a line without a label is a "date" or a "time"; null for other lines."""
    tokens = _TOKEN.findall(folded)
    if not is_timestamp(folded) or any(token in _KEY_LABELS for token in tokens):
        return None
    is_time = _CLOCK.search(folded) is not None and _YEAR.search(folded) is None
    return "time" if is_time else "date"


def _has_month(folded: str) -> bool:
    """Whether one of the words between spaces and digits is a month of any language, or a sign of Chinese dates."""
    words = _BETWEEN_DIGITS.split(folded)
    return any(word in _ANY_MONTH or word[:1] in _CJK_MONTHS for word in words if word)


def _is_phrase(tokens: list[str]) -> bool:
    """Whether a month and one number stand among other words ("The March of 1965"): no date."""
    others = [t for t in tokens if t not in _DAY_WORDS and t not in _UNIT_WORDS]
    return len(others) > _MONTH_AND_YEAR and sum(map(str.isdigit, tokens)) == 1


@lru_cache(maxsize=4096)
def is_timestamp(folded: str) -> bool:
    """Return whether the folded line is a date or time with at most a label and a place or zone beside it."""
    if _DIGIT.search(folded) is None:
        return False
    if len(folded) < _LONGEST_PLAIN and (
        _AGO.fullmatch(folded) or (_PLAIN.fullmatch(folded) and _has_month(folded))
    ):
        return True
    tokens = _TOKEN.findall(_AGENCY.sub(" ", folded))
    if not 1 <= len(tokens) <= 22:
        return False
    months = any(t in _TIME_WORDS for t in tokens)
    digits = any(t.isdigit() for t in tokens)
    is_dated = bool(_NUMERIC.search(folded)) or (months and digits)
    labelled = any(t in _KEY_LABELS for t in tokens)
    is_timed = _CLOCK.search(folded) is not None and (labelled or len(tokens) <= 6)
    if not (is_dated or is_timed) or (not labelled and _is_phrase(tokens)):
        return False
    known = _TIME_WORDS | _UNIT_WORDS | _LABEL_WORDS
    strange = sum(not t.isdigit() and t not in known for t in tokens)
    most = (
        0 if not (is_dated or labelled) else 1 if labelled or len(tokens) >= 4 else 0
    )  # none: "11.10pm Weather"
    if is_dated and _YEAR.search(folded) and len(tokens) <= 14 and _PLACE.match(folded):
        return strange <= 4
    return strange <= most or (strange <= 2 and labelled)
