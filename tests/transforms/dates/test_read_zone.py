"""A zone that is stated is the one of its time, or unknown; never silently the user's."""

from datetime import UTC, datetime

import pytest

from copydesk.transforms.dates.date_input import DateInput
from copydesk.transforms.dates.find_dates import find_dates
from copydesk.transforms.records import Dated

CLOCK = datetime(2020, 3, 4, 9, 30)  # noqa: DTZ001 -- as it is stated
PAGE = '<html><head><meta property="article:published_time" content="{}"></head><body><h1>A falcon</h1></body></html>'


def both(stamp: str, zone: str | None) -> list[Dated]:
    """Return what a row and a page make of a stamp."""
    row = DateInput(text="A falcon nested on the crane.", carrier_published_at=stamp, timezone=zone)
    return [find_dates(row), find_dates(DateInput(html=PAGE.format(stamp), timezone=zone))]


@pytest.mark.parametrize(
    ("zone", "home", "hour"),
    [
        (" CST", "Asia/Shanghai", (1, 30)),
        (" CST", "America/Chicago", (15, 30)),
        (" IST", "Asia/Jerusalem", (7, 30)),
        (" IST", "Asia/Kolkata", (4, 0)),
        (" PST", "Asia/Manila", (1, 30)),
        (" GST", "Asia/Dubai", (5, 30)),
        (" ET", "America/New_York", (14, 30)),
        (" WIB", "Europe/Berlin", (2, 30)),
        (":00 Asia/Tokyo", "Asia/Shanghai", (0, 30)),
        (" (UTC+8)", "Europe/Berlin", (1, 30)),
        (":00[Europe/Berlin]", "Asia/Shanghai", (8, 30)),
        (":00-500", "Europe/Berlin", (14, 30)),
    ],
)
def test_letters_that_zones_share_are_those_of_the_source(
    zone: str, home: str, hour: tuple[int, int]
) -> None:
    """A zone with one meaning has it everywhere; of several the source's own zone can bear one; a page and a row agree."""
    moment = datetime(2020, 3, 4, *hour, tzinfo=UTC)
    assert [found.published_at for found in both(f"2020-03-04T09:30{zone}", home)] == [moment, moment]


@pytest.mark.parametrize("home", [None, "Europe/Berlin", "Asia/Tokyo"])
@pytest.mark.parametrize("zone", ["CST", "IST", "GST", "AST", "SST", "XYZ", "Mars/Olympus"])
def test_a_zone_that_nobody_knows_keeps_the_clock(zone: str, home: str | None) -> None:
    """Day and time stay as stated, and no moment is made of them."""
    for found in both(f"2020-03-04T09:30 {zone}", home):
        assert (found.published_at, found.published_local_at, found.published_on) == (
            None,
            CLOCK,
            "2020-03-04",
        )
