"""A page's canonical link is believed where it names that page."""

import pytest
from lxml import html

from copydesk.transforms.extract.read_canonical_url import read_canonical_url
from copydesk.transforms.page.walk_page import walk_page

HOST = "https://paper.example"
TITLE = "Brackwater raises its sea wall"

BELIEVED = {
    "another form": ("/news/amp/sea/amp/", "/news/sea"),
    "a closing slash": ("/culture/sea/", "/culture/sea"),
    "an ending": ("/sea.html", "/sea"),
    "a mobile path": ("/m/news/sea.html", "/news/sea.html"),
    "for print": ("/sea?print=1", "/sea"),
    "as AMP": ("/sea?outputType=amp", "/sea"),
    "its own query": ("/view?art=7&from=mail", "/view?art=7"),
    "a name from the title": ("/p/1?print=1", "/news/sea-wall"),
    "a headline": ("/?p=17", "/council-votes-for-ferry"),
    "a number": ("/x", "/9912"),
    "a number and an ending": ("/old/seawall", "/local/article123456.html"),
    "an id": ("/r?to=5", "/news/c8gq2x0rd4vo"),
    "a number above a headline": ("/questions/4711/why-the-sea-wall-rises", "/questions/4711"),
    "a dated headline": ("/wall", "/2024/05/06/wall-up-at-last"),
    "a comment page": ("/2024/sea-wall-rises-again/comment-page-2", "/2024/sea-wall-rises-again"),
    "relative to itself": ("/news/sea-wall-rises?ref=x", "sea-wall-rises"),
    "of the front page": ("/?lang=en", "/"),
}
PASSED_OVER = {
    "a word of a script": ("/news/12", "undefined"),
    "null": ("/news/12", "/null"),
    "words": ("/news/12", "not a url"),
    "a template": ("/news/12", "/{{ page.url }}-of-the-story-12"),
    "a section": ("/e/1", "/news"),
    "a section with a number": ("/e/1", "/formula1"),
    "a section of two words": ("/e/1", "/world-news"),
    "the section above": ("/world-news-and-views/sea-wall-rises-again", "/world-news-and-views"),
    "a day": ("/2024/05/06/sea-wall-rises", "/2024/05/06"),
    "a year": ("/news/sea-wall-rises-here", "/archive/2024"),
    "a page of a list": ("/news/sea-wall-rises-here", "/news/page/2"),
    "an error": ("/news/12", "/404.html"),
    "a view without what it shows": ("/q/view?art=1", "/q/view"),
    "a view of another kind": ("/q/view?art=1", "/q/view?lang=en"),
    "the front page": ("/news/12", "/"),
    "a script": ("/news/12", "javascript:void(0)"),
    "another owner": ("/news/12", "https://elsewhere.example/news/12"),
}


def read(own: str | None, claim: str) -> str | None:
    page = html.fromstring(f'<html><head><title>x</title><link rel="canonical" href="{claim}"></head></html>')
    url = None if own is None else HOST + own
    return read_canonical_url(walk_page(page), url=url, title=TITLE)


@pytest.mark.parametrize(("own", "claim"), BELIEVED.values(), ids=BELIEVED)
def test_a_link_to_the_page_itself_counts(own: str, claim: str) -> None:
    """Another form of the same address, or an address with a number, an id or a headline."""
    found = read(own, claim)
    assert found is not None
    assert found.removeprefix(HOST) in {claim, f"/news/{claim}"}


@pytest.mark.parametrize(("own", "claim"), PASSED_OVER.values(), ids=PASSED_OVER)
def test_a_link_that_many_pages_may_share_is_passed_over(own: str, claim: str) -> None:
    """Left-overs of templates, sections, archives and errors would make one article of many."""
    assert read(own, claim) is None


@pytest.mark.parametrize("host", ["m.paper.example", "amp.paper.example"])
def test_a_host_for_a_form_is_of_the_same_owner(host: str) -> None:
    """Where no public list knows the domain, a host for phones or AMP still names the page of the plain one."""
    page = html.fromstring(f'<html><head><link rel="canonical" href="{HOST}/news/12"></head></html>')
    assert read_canonical_url(walk_page(page), url=f"https://{host}/news/12") == f"{HOST}/news/12"


def test_a_short_form_below_the_page_s_own_number_is_believed() -> None:
    """One article under many addresses: its number in both, and a word of its headline at the end of the claim."""
    claim = f"{HOST}/noticia/Z59/brackwater"
    for own in ("/noticia/Z59/0/slug-0", "/noticia/Z59/1/slug-1"):
        assert read(own, claim) == claim
        assert read(own, f"{HOST}/noticia/Z59/sport") is None
        assert read(own, f"{HOST}/noticia/Z60/brackwater") is None
    assert read("/2024/05/harbour/0", f"{HOST}/2024/05/brackwater") is None


def test_a_saved_page_is_known_by_an_address_that_names_one_page() -> None:
    """Where the page's own address is unknown, a section is as little believed."""
    assert read(None, f"{HOST}/news/sea-wall") == f"{HOST}/news/sea-wall"
    assert read(None, f"{HOST}/news") is None
    assert read(None, "/news/sea-wall") is None
