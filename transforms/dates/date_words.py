"""The words of dates in the languages that news is read in: months, weekdays, labels, zones.

What a language has of its own stands in its file (transforms/languages/), what languages share in
transforms/text/words.toml. A month name counts only beside a day or a year, so the languages share one dictionary; a
name of two months in two languages has its month in `_FIRST`.
"""

from copydesk.transforms.languages.load_language import languages, load_language
from copydesk.transforms.text.words import any_of, list_of

_FIRST = ("pl", "cs")
"""`listopad` is November in more papers than it is October."""
_LANGUAGES = [
    words
    for code in sorted(languages(), key=lambda code: code not in _FIRST)
    if (words := load_language(code)) is not None
]
MONTHS: dict[str, int] = {
    form: number
    for words in reversed(_LANGUAGES)
    for form, number in (*words.months.items(), *words.short_months.items())
}
"""Lower-case month names and short forms, to the number of the month."""
OTHER_MONTHS: dict[str, int] = {
    form: number for words in _LANGUAGES for form, number in words.months.items() if MONTHS[form] != number
}
"""Names of months that are another month's in Croatian."""

PERSIAN_MONTHS = {name: number for number, name in enumerate(list_of("dates", "persian_months"), start=1)}
"""Months of another calendar, which count only beside one of its years."""

ZONES: dict[str, int] = {
    "z": 0, "utc": 0, "gmt": 0, "bst": 60, "wet": 0, "west": 60, "cet": 60, "mez": 60, "cest": 120,
    "mesz": 120, "eet": 120, "eest": 180, "msk": 180, "ist": 330, "jst": 540, "kst": 540, "hkt": 480,
    "sgt": 480, "awst": 480, "aest": 600, "aedt": 660, "nzst": 720, "nzdt": 780, "est": -300, "edt": -240,
    "cst": -360, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420, "brt": -180, "sast": 120,
    "ut": 0, "met": 60, "mest": 120, "acst": 570, "acdt": 630, "adt": -180, "nst": -210, "ndt": -150, "akst": -540,
    "мск": 180, "akdt": -480, "hst": -600, "wib": 420, "wita": 480, "pkt": 300, "trt": 180, "clt": -240, "pht": 480,
}  # fmt: skip
"""Zone abbreviations as newsrooms use them, in minutes east of UTC."""

WEEKDAY_WORDS: frozenset[str] = frozenset(
    word[:end]
    for word in (
        *list_of("dates", "weekdays"),
        *(day for words in _LANGUAGES for day in words.weekdays),
    )
    for end in {*range(2, 5), len(word)}
    if end <= len(word) and word[:end] not in ZONES
)
"""Lower-case names of weekdays and how these are cut short, but for zones: beside a date they say nothing new."""

_DAYS_OF: dict[str, set[int]] = {}
for _words in _LANGUAGES:
    for _day, _number in _words.weekdays.items():
        for _form in {_day, *(_day[:end] for end in range(1, 5))}:
            _DAYS_OF.setdefault(_form, set()).add(_number)
WEEKDAYS: dict[str, frozenset[int]] = {
    form: frozenset(_DAYS_OF.get(form, ())) for form in sorted(WEEKDAY_WORDS)
}
"""The same words to the numbers of their days (1 is Monday) in all languages that have them."""

PUBLISHED_LABEL = "|".join(
    (any_of("dates", "published"), *(label for words in _LANGUAGES for label in words.published))
)
"""Words before a date that say: this is when it was published."""

MODIFIED_LABEL = "|".join(
    (any_of("dates", "modified"), *(label for words in _LANGUAGES for label in words.modified))
)
"""Words before a date that say: this is when it was changed."""

EVENT_LABEL = any_of("dates", "event")
"""Words before a date that say: something else happens or happened then."""

DONE_LABEL = any_of("dates", "done")
"""What else was done on a date: a verb that is none of publication or change, and the word that leads to a day."""

SPAN_LABEL = any_of("dates", "span")
"""Words right before a date that say: something lasts from it or up to it."""

SHARED_ZONES = frozenset({"cst", "ist", "gst", "ast", "sst", "et", "ct", "mt", "pt", "at"})
"""Letters that zones far apart share, or winter and summer: the source's own zone tells which is meant, or nothing."""

MONTH_FIRST_REGIONS = frozenset({"us", "ph", "fm", "pw", "gu", "pr"})
"""Regions that write 3/14/2016."""
