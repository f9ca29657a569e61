"""What one source of a date says against another, and how many witnesses a doubtful day needs."""

import pytest
from made_page import dated, page, reason


def test_the_dates_of_teasers_do_not_date_the_article() -> None:
    """A column of other articles is not evidence, and does not cast doubt on the article's own date."""
    teasers = "".join(
        f'<li class="teaser"><time datetime="2021-05-0{n}"></time> Elsewhere {n}</li>' for n in range(1, 8)
    )
    found = dated(
        page(beside='<time datetime="2020-03-04"></time>', body=f'<ul class="related">{teasers}</ul>')
    )
    assert found.published_on == "2020-03-04"
    assert "another article" in reason(found, "2021-05-03")


def test_a_frame_around_the_whole_article_is_no_foreign_place() -> None:
    """A wrapper named after the side column beside it holds the headline too, and says nothing about the date."""
    framed = page(beside="<p>4 March 2020</p>").replace(
        "<article>", '<div class="with-sidebar comments-open"><article>'
    )
    assert dated(framed).published_on == "2020-03-04"
    assert dated(framed.replace("<p>4 March", '<p class="comment">4 March')).published_on is None


def test_a_contradiction_is_no_date() -> None:
    """Where two days are as well founded, none is chosen, and both say so."""
    source = page(
        '<meta property="article:published_time" content="2020-03-04">',
        '<time class="published" datetime="2020-08-09"></time>',
    )
    found = dated(source)
    assert found.published_on is None
    assert "as well founded" in reason(found, "2020-03-04")


def test_a_shown_day_that_the_page_declares_as_its_change_is_no_publication() -> None:
    """A page that was rewritten shows the day of the change where others show their birth."""
    head = (
        '<meta property="article:published_time" content="2018-02-03T08:00:00+01:00">'
        '<meta property="article:modified_time" content="2020-03-04T09:00:00+01:00">'
    )
    found = dated(page(head, "<p>4 March 2020</p>"))
    assert found.published_on == "2018-02-03"
    assert "change" in reason(found, "2020-03-04")


@pytest.mark.parametrize(
    ("attributes", "url", "day"),
    [
        ('lang="en-GB"', "https://gull.example/pier", "2020-04-03"),
        ('lang="en-US"', "https://gull.example/pier", "2020-03-04"),
        ('lang="fr"', "https://gull.example/pier", "2020-04-03"),
        ('lang="en"', "https://gull.example/2020/03/04/pier", "2020-03-04"),
        ('lang="en"', "https://gull.example/pier", None),
    ],
    ids=["british", "american", "french", "settled by the address", "open"],
)
def test_settles_day_and_month_by_evidence_only(attributes: str, url: str, day: str | None) -> None:
    """03/04/2020 is read by region, language or another date of the page, and left open where none decides."""
    found = dated(page(beside='<p class="date">03/04/2020</p>', attributes=attributes), url=url)
    assert found.published_on == day
    if day is None:
        assert "could be 2020-04-03 or 2020-03-04" in reason(found, "2020-04-03")


def test_the_clock_of_a_site_is_not_its_articles_date() -> None:
    """An unlabelled date that is the day of the fetch could be the site's clock."""
    found = dated(page(beside="<p>1 June 2021</p>"))
    assert found.published_on is None
    assert "clock" in reason(found, "2021-06-01")
    assert dated(page(beside="<p>Published 1 June 2021</p>")).published_on == "2021-06-01"


DECLARED = '<meta property="article:published_time" content="2020-05-09">'
SCRIPT = '<script>var page = {"publishedAt":"2020-05-09"};</script>'
MAY = "https://gull.example/2020/05/pier"


@pytest.mark.parametrize(
    ("shown", "chosen"),
    [
        ("29 April 2020", "2020-05-09"),
        ("30 April 2020", None),
        ("4 May 2020", None),
        ("31 May 2020", None),
        ("1 June 2020", None),
        ("2 June 2020", "2020-05-09"),
    ],
)
def test_the_month_of_the_address_decides_between_two_days(shown: str, chosen: str | None) -> None:
    """A shown day outside the month that the address names gives way to the declared one in it; zones shift its eves."""
    shown = f"<p>Published {shown}</p>"
    found = dated(page(DECLARED, shown), url=MAY)
    assert found.published_on == chosen
    assert dated(page(DECLARED, shown)).published_on is None


def test_a_day_outside_the_month_of_the_address_stands_on_two_witnesses() -> None:
    """The month only lowers trust: what the feed gives and the page shows outweighs a script's day within it."""
    feed = "Wed, 04 Mar 2020 00:00:00 GMT"
    shown = page(SCRIPT, "<p>Published 4 March 2020</p>")
    assert dated(shown, url=MAY, carrier_published_at=feed).published_on == "2020-03-04"
    assert dated(page(SCRIPT, "<p>4 March 2020</p>"), url=MAY).published_on is None
    assert dated(page(beside="<p>4 March 2020</p>"), url=MAY).published_on == "2020-03-04"


def test_a_doubtful_day_stands_on_two_witnesses() -> None:
    """The first of January, and the day of the fetch, are a default or a clock where one witness names them, not two."""
    of_site = '<script type="application/ld+json">{"@type":"WebSite","datePublished":"2021-06-01"}</script>'
    assert dated(page(of_site)).published_on is None
    assert dated(page(of_site, "<p>1 June 2021</p>")).published_on == "2021-06-01"
    of_article = '<meta property="article:published_time" content="2020-01-01">'
    assert dated(page(of_article)).published_on is None
    assert dated(page(of_article, "<p>1 January 2020</p>")).published_on == "2020-01-01"


def test_a_change_on_the_next_day_may_be_the_zone() -> None:
    """A shown day is taken for the declared change from the second day on: one day apart may be one moment."""
    head = (
        '<meta property="article:published_time" content="2020-03-04">'
        '<meta property="article:modified_time" content="2020-03-0{0}">'
    )
    assert dated(page(head.format(5), "<p>5 March 2020</p>")).published_on is None
    assert dated(page(head.format(6), "<p>6 March 2020</p>")).published_on == "2020-03-04"
