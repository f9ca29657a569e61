"""Whose page an article is: by its address wherever it has one."""

import pytest

from copydesk.transforms.identify import identify, site_of


@pytest.mark.parametrize(
    ("url", "publisher", "site"),
    [
        ("https://www.bbc.co.uk/news/1", "BBC", "bbc.co.uk"),
        ("https://www.gull.example/1", None, "gull.example"),
        ("http://192.0.2.7:8080/1", None, "192.0.2.7"),
        ("http://intranet/1", "The Gull", "intranet"),
        (None, "The Gull & Co.", "the-gull-co"),
        (None, None, "folder"),
    ],
)
def test_a_site_is_never_the_folder_where_there_is_an_address(
    url: str | None, publisher: str | None, site: str
) -> None:
    """Two hosts that no public list knows are two outlets, though their articles came in one file."""
    assert site_of(url, publisher, "folder") == site


@pytest.mark.parametrize(
    ("own_id", "line", "is_shared"),
    [
        ("1", 2, False),
        ("0", 1, False),
        ("17", 900, False),
        ("17283", 900, True),
        ("fl-1", 2, True),
        ("17", None, True),
    ],
    ids=["a sheet counts", "a data frame counts", "rows were taken out", "a database", "a name", "a page"],
)
def test_an_id_that_counts_rows_is_one_of_its_file(own_id: str, line: int | None, *, is_shared: bool) -> None:
    """Every table has a first row: of two files they are two articles. An id that somebody gave is one everywhere."""
    monday, tuesday = (
        identify(None, own_id, "desk", origin, line, "words") for origin in ("mon.csv", "tue.csv")
    )
    assert (monday == tuesday) is is_shared
