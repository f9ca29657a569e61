"""A newsroom's selectors for a site go before what extractors find, and are on record."""

from pathlib import Path

import pytest

from copydesk.flows.load_rules import load_rules, load_sites
from copydesk.schemas.user_error import UserError
from copydesk.transforms.dates.date_input import DateInput
from copydesk.transforms.dates.find_dates import find_dates
from copydesk.transforms.extract.as_xpath import as_xpath
from copydesk.transforms.extract.extract import extract
from copydesk.transforms.records import Extracted, Payload

STORY = ["The harbour board met on the pier on Monday.", "It will paint the crane in green, said the mayor."]
PAGE = f"""<html><head><title>Home of the Post</title></head><body><div class="promo big">{"Buy our mugs. " * 60}</div>
<h2 id="hed">Crane to be <b>green</b></h2><span class="who">Ann Bell</span><i data-when="x">14 February 2026</i>
<div class="story"><p>{STORY[0]}</p><div class="ad">Mugs!</div><p>{STORY[1]}</p></div></body></html>"""
TABLE = """[site."post.example"]
title = "#hed"
body = ["//nothing", "div.story"]
author = "span[class=who]"
date = "i[data-when]"
remove = ".story > .ad"
"""
FTR = """# as wallabag shares it
title: //h2[@id='hed']
body: //div[contains(@class, 'story')]
author: //span[@class='who']
date: //i
strip_id_or_class: ad
strip: //p[
tidy: no
test_url: https://post.example/1
"""


@pytest.fixture(params=["toml", "ftr"])
def sites(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    if request.param == "toml":
        (tmp_path / "sites.toml").write_text(TABLE)
        return tmp_path / "sites.toml"
    (tmp_path / "www.post.example.txt").write_text(FTR)
    (tmp_path / "other.example.txt").write_text("tidy: no")
    return tmp_path


def read(sites: Path, url: str = "https://www.news.post.example/1") -> Extracted:
    return extract(Payload(PAGE, "text/html", url=url), load_sites([sites])[0])


def test_selectors_go_first(sites: Path) -> None:
    """Title, body, author and date are what the selectors find, without what they remove; the name stands on record."""
    found = read(sites)
    assert found.text.split("\n") == STORY
    assert (found.title, found.authors, found.credited.method) == ("Crane to be green", ("Ann Bell",), "site")
    assert found.extractor.startswith("site ")
    dated = find_dates(DateInput(page=found.page, text=found.text, selected_date=found.selected_date))
    assert (dated.published_on, dated.published_method) == ("2026-02-14", "site:date")


def test_other_sites_are_read_as_before(sites: Path) -> None:
    """A page of another host, and one on which the selectors find nothing, are left to the extractors."""
    plain = extract(Payload(PAGE, "text/html", url="https://gull.example/1"))
    assert read(sites, "https://gull.example/1") == plain
    other = PAGE.replace("story", "tale").replace("hed", "x").replace("who", "x").replace("<i ", "<u ")
    configs, _ = load_sites([sites])
    url = "https://post.example/1"
    assert (
        extract(Payload(other, "text/html", url=url), configs).text
        == extract(Payload(other, "text/html", url=url)).text
    )


def test_selectors_are_part_of_the_rules_version(sites: Path) -> None:
    """A replay after a change of selectors reads the pages again: the version of the rules is another."""
    assert load_rules().version != load_rules((), [sites]).version
    assert load_rules((), [sites]).sites.keys() == {"post.example"}


@pytest.mark.parametrize(
    ("css", "xpath"),
    [
        ("div", "//div"),
        ("article p, #x", "//article//p | //*[@id='x']"),
        ("ul > li[data-a='1']", "//ul/li[@data-a='1']"),
        ("(//p)[1]", "(//p)[1]"),
    ],
)
def test_simple_css_is_xpath(css: str, xpath: str) -> None:
    """What is no XPath is read as CSS."""
    assert as_xpath(css) == xpath


@pytest.mark.parametrize(
    "table",
    [
        '[site."a.example"]\nbody = "p:has(a)"',
        '[site."a.example"]\nheadline = "p"',
        "site = 1",
        '[site.a]\nbody = "//p["',
    ],
)
def test_a_selector_that_is_none_is_the_users_mistake(tmp_path: Path, table: str) -> None:
    """It is told with the file and the site."""
    (tmp_path / "s.toml").write_text(table)
    with pytest.raises(UserError, match=r"s\.toml"):
        load_sites([tmp_path / "s.toml"])
