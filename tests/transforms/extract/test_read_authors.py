"""Authors of pages: which of the places that name somebody is believed, and what becomes of the others."""

import json

import pytest

from copydesk.transforms.extract.extract import extract
from copydesk.transforms.records import Extracted, Payload

STORY = "".join(
    f"<p>The harbour council met for the {word} time and spoke about the ferry that leaves at dawn, the price of its "
    "tickets and the people who take it to work.</p>"
    for word in ("first", "second", "third", "fourth", "fifth")
)


def extracted(*, head: str = "", above: str = "", after: str = "", author: object = None) -> Extracted:
    node = {"@type": "NewsArticle", "headline": "Ferry stays", "author": author}
    script = f'<script type="application/ld+json">{json.dumps(node)}</script>' if author else ""
    page = (
        f'<html lang="en"><head><title>Ferry stays</title><meta property="og:site_name" content="Wexmouth Post">{head}{script}'
        f"</head><body><article><h1>Ferry stays</h1>{above}{STORY}</article>{after}</body></html>"
    )
    return extract(Payload(page, "text/html"))


def test_an_agency_among_the_authors_is_the_agency() -> None:
    """An agency that a page types as a person is no author."""
    found = extracted(
        author=[{"@type": "Person", "name": "Jo Doe"}, {"@type": "Person", "name": "The Associated Press"}]
    )
    assert (found.authors, found.credited.agencies) == (("Jo Doe",), ("Associated Press",))


@pytest.mark.parametrize(
    ("source", "agencies"),
    [
        ("Quelle: Hafenblatt Online, dpa, hw", ("dpa",)),
        ("Quelle: Anna Berg", ()),
        ("Quellen des Flusses: dpa", ()),
    ],
)
def test_a_source_beside_the_headline_may_be_an_agency(source: str, agencies: tuple[str, ...]) -> None:
    """What stands behind the word for a source are agencies or nobody."""
    found = extracted(above=f'<span class="x">{source}</span>')
    assert (found.authors, found.credited.agencies) == ((), agencies)


def test_the_outlet_is_an_organisation() -> None:
    """A page that names its own house as author names no person."""
    found = extracted(
        author={"@type": "Person", "name": "Wexmouth Post"},
        head='<meta name="author" content="Wexmouth Post">',
    )
    assert (found.authors, found.credited.organisations) == ((), ("Wexmouth Post",))


def test_two_places_outvote_one_and_the_loser_is_on_record() -> None:
    """What meta tag and byline agree on is believed against JSON-LD, which is kept as rejected."""
    found = extracted(
        author={"@type": "Person", "name": "Wim Webber"},
        head='<meta name="authors" content="Jo Doe">',
        above='<div class="byline">By Jo Doe, Chief Reporter</div>',
    )
    assert (found.authors, found.credited.method) == (("Jo Doe",), "meta")
    assert found.credited.rejected == ("Wim Webber (json_ld)",)


def test_the_owner_of_a_page_is_no_author_and_each_meta_tag_has_a_voice() -> None:
    """A house that the mark of copyright names is none of the people; another meta tag may name them."""
    found = extracted(
        head='<meta name="author" content="Harbour Leaf"><meta name="copyright" content="(c) Harbour Leaf 2026">'
        '<meta property="article:author" content="Jo Doe">',
    )
    assert (found.authors, found.credited.organisations) == (("Jo Doe",), ("Harbour Leaf",))


@pytest.mark.parametrize(
    "above",
    [
        '<div class="byline">By <a href="/jo">Jo Doe</a></div>',
        '<div class="author-box"><div class="byline">By Jo Doe</div><div>Opinion writer who keeps harbours</div></div>',
        '<a href="/about/editors/jo-doe">Jo Doe</a>, <span>2h ago</span>',
        "<p>By Jo Doe</p>",
        "<div><span>Jo Doe</span> <span>3 May 2026, 10:15</span></div>",
        '<ul><li class="info">Von: <a class="person-link">Jo Doe</a></li></ul>',
    ],
    ids=["class", "class around a portrait", "editors link", "lead-in", "beside a time", "list"],
)
def test_a_byline_stands_between_headline_and_story(above: str) -> None:
    """A byline is believed by its name, its lead-in or the time beside it."""
    assert extracted(above=above).authors == ("Jo Doe",)


@pytest.mark.parametrize(
    "markup",
    [
        '<div class="teaser"><span class="author">Tim Teaser</span></div>',
        '<div class="author-contact">Twitter Facebook</div>',
        '<a rel="author">Tim Teaser</a><a rel="author">Tam Teaser</a>',
    ],
    ids=["teaser below", "buttons", "authors of teasers"],
)
def test_what_stands_elsewhere_is_no_byline(markup: str) -> None:
    """Teasers name their own authors, and buttons nobody."""
    assert extracted(after=markup).authors == ()


def test_the_photographer_is_no_author() -> None:
    """A credit of a picture between headline and story is not read."""
    found = extracted(
        above='<figure><img src="a.jpg"><figcaption class="author">EFE/ Pia Picture</figcaption></figure>'
    )
    assert (found.authors, found.credited.agencies) == ((), ())
