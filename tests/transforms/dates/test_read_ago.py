"""`3 hours ago`, in every language: the day or minute so long before the fetch, and nothing where that is not known."""

from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo

import pytest

from copydesk.transforms.dates.date_input import DateInput
from copydesk.transforms.dates.find_dates import find_dates
from copydesk.transforms.dates.read_relative import read_ago

AT = datetime(2026, 3, 4, 12, 30, tzinfo=UTC)
SAID = {
    "en": ("3 hours ago", "20 mins ago"),
    "de": ("vor 3 Stunden", "vor 20 Minuten"),
    "fr": ("il y a 3 heures", "Il y a 20 min"),
    "es": ("hace 3 horas", "hace 20 minutos"),
    "it": ("3 ore fa", "20 minuti fa"),
    "pt": ("há 3 horas", "20 minutos atrás"),
    "nl": ("3 uur geleden", "20 minuten geleden"),
    "sv": ("för 3 timmar sedan", "20 min sedan"),
    "da": ("for 3 timer siden", "20 minutter siden"),
    "no": ("for 3 timer siden", "20 minutter siden"),
    "fi": ("3 tuntia sitten", "20 min sitten"),
    "pl": ("3 godziny temu", "20 minut temu"),
    "cs": ("před 3 hodinami", "před 20 minutami"),
    "ro": ("acum 3 ore", "acum 20 de minute"),
    "hu": ("3 órája", "20 perccel ezelőtt"),
    "tr": ("3 saat önce", "20 dakika önce"),
    "ru": ("3 часа назад", "20 минут назад"),
    "uk": ("3 години тому", "20 хвилин тому"),
    "el": ("πριν 3 ώρες", "πριν από 20 λεπτά"),
    "ca": ("fa 3 hores", "fa 20 minuts"),
}


def nowhere() -> tzinfo | None:
    return None


@pytest.mark.parametrize("code", SAID)
def test_every_language_tells_hours_and_minutes(code: str) -> None:
    """Whole hours give a day, minutes a moment."""
    hours, minutes = (read_ago(said, code, AT, nowhere) for said in SAID[code])
    assert hours is not None
    assert minutes is not None
    assert (hours.value, minutes.at) == ("2026-03-04", datetime(2026, 3, 4, 12, 10, tzinfo=UTC))


@pytest.mark.parametrize(
    ("said", "zone", "day"),
    [
        ("11 hours ago", None, "2026-03-04"),
        ("12 hours ago", None, None),
        ("13 hours ago", None, "2026-03-03"),
        ("3 hours ago", "Asia/Tokyo", "2026-03-04"),
        ("13 hours ago", "Asia/Tokyo", "2026-03-04"),
        ("3 hours ago in the town of the same name, which nobody had heard of before", None, None),
        ("3 days ago", None, None),
        ("the 3 hours", None, None),
    ],
)
def test_hours_fall_on_one_day_of_the_publisher_or_on_none(
    said: str, zone: str | None, day: str | None
) -> None:
    """Where an hour ago may be either side of midnight there, no day is told; nor is one in a sentence."""
    found = read_ago(said, "en", AT, lambda: ZoneInfo(zone) if zone else None)
    assert (found.value if found else None) == day


PAGE = (
    "<html lang='en'><head><title>Ferry returns</title></head><body><article><h1>Ferry returns</h1>"
    "<time class='published'>{}</time><p>The ferry sailed again after nine weeks in dock.</p></article></body></html>"
)


@pytest.mark.parametrize(
    ("said", "headers", "day"),
    [
        ("3 hours ago", {"content-type": "text/html"}, "2026-03-04"),
        ("3 hours ago", {}, None),
        ("Updated 3 hours ago", {"content-type": "text/html"}, None),
    ],
    ids=["asked for", "saved some day", "a change"],
)
def test_a_page_that_was_asked_for_is_dated_by_it(
    said: str, headers: dict[str, str], day: str | None
) -> None:
    """Beside a headline it is the day; a change is none, nor is it on a page from a folder, whose age nobody knows."""
    found = find_dates(
        DateInput(html=PAGE.format(said), headers=headers, fetched_at=AT, title="Ferry returns")
    )
    assert found.published_on == day
