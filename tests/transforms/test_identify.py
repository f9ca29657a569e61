"""Whose page an article is: by its address wherever it has one."""

import pytest

from copydesk.transforms.identify import site_of


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
