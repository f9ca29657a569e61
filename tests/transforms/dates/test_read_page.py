"""A date on a page is what its label, its block and its place say that it is, and no other text's."""

from datetime import UTC, date, datetime

import pytest

from copydesk.transforms.dates.date_input import DateInput
from copydesk.transforms.dates.find_dates import find_dates
from copydesk.transforms.records import Dated

HEADLINE = "Harbour town of Millmoor rebuilds its ferry pier"
TEXT = "".join(
    f"<p>{said} had stood for ninety years before the storm took it, and nobody in the town would have it elsewhere.</p>"
    for said in ("The pier", "The quay", "The mole", "The lamp")
)


def dated(beside: str = "", *, above: str = "", below: str = "", head: str = "", lang: str = "en") -> Dated:
    source = (
        f'<html lang="{lang}"><head><title>{HEADLINE}</title>{head}</head><body><header><a href="/">Home</a>{above}</header>'
        f"<main><article><h1>{HEADLINE}</h1>{beside}{TEXT}</article>{below}</main></body></html>"
    )
    return find_dates(DateInput(html=source, fetched_at=datetime(2026, 1, 1, tzinfo=UTC)))


OF_OTHERS = {
    "one in a list": "<h3>Related</h3><ul><li><a href='/1'>Old mill sold</a> 5 April 2024</li></ul>",
    "one beside a link": "<h3>Read more</h3><p><a href='/1'>Old mill sold</a> <span>5 April 2024</span></p>",
    "one card": "<div><a href='/1'><h4>Old mill sold</h4></a><time datetime='2024-04-05'>5 April 2024</time></div>",
    "in the link": "<div><a href='/1'>Previous: Old mill sold (5 April 2024)</a></div>",
    "three cards of one day": "<a href='/{0}'>Related {0}</a><span class='date'>5 April 2024</span>",
    "japanese": "<li><a href='/1'>港の古い水車小屋が売却される見通し</a> 2024年4月5日</li>",
}


@pytest.mark.parametrize("below", OF_OTHERS.values(), ids=OF_OTHERS)
def test_the_date_of_a_card_is_that_of_the_article_it_links_to(below: str) -> None:
    """One card, or several of the same day, date nothing but what they link to, whatever their classes are."""
    cards = "".join(f"<div>{below.format(n)}</div>" for n in range(3)) if "{0}" in below else below
    found = dated(below=f"<section>{cards}</section>")
    assert found.published_on is None
    reasons = {item.reason for item in found.candidates if item.value == "2024-04-05"}
    assert reasons <= {
        "belongs to another article that the page links to",
        "told in running text, not said to be the date of the article",
    }
    assert dated("<p>4 March 2024</p>", below=cards).published_on == "2024-03-04"


OWN = {
    "author and section": "<p>By <a rel='author' href='/x'>Ada van der Fenwick</a> in <a href='/tags/a'>Harbour and the sea</a>",
    "itself": "<p><a href='/x' rel='bookmark'>A link that lasts</a>",
    "sharing": "<p><a href='https://facebook.com/x'>Share this on Facebook</a>",
}


@pytest.mark.parametrize("line", OWN.values(), ids=OWN)
def test_links_beside_an_articles_own_date_do_not_take_it_away(line: str) -> None:
    """An author, a section, a permanent link and a button stand beside the date at the end of many articles."""
    assert dated(below=f"<div>{line} 4 March 2024</p></div>").published_on == "2024-03-04"


CLOCKS = [
    '<div class="today">Saturday, 15 June 2024</div>',
    '<span id="date">Today is Saturday, June 15, 2024</span>',
    '<div class="masthead-date">Saturday, June 15, 2024 | 10:22 AM</div>',
    "<div>Print edition of 15 June 2024</div>",
]


@pytest.mark.parametrize("above", CLOCKS)
def test_a_clock_or_an_edition_in_the_head_of_the_site_dates_nothing(above: str) -> None:
    """It neither dates the article nor contradicts the one thing that does."""
    assert dated(above=above).published_on is None
    head = '<meta property="article:published_time" content="2024-06-11T08:00:00+02:00">'
    assert dated(above=above, head=head).published_on == "2024-06-11"


EVENTS = [
    "<p>12 May 2001 - 3 June 2024</p>",
    "<p><strong>Saturday 21 September 2024, 10:00</strong> - Town Hall, Ostrel</p>",
    "<p class='when'>When: 21 September 2025, 10:00</p>",
    "<p>Applications close 30 September 2025</p>",
    "<p>Ostrel Arena, 14 September 2024, attendance 4,210</p>",
    "<p>The match on 3 May 2024</p>",
    "<p>tickets until 3 May 2024</p>",
    "<p>Member since March 4, 2015</p><time datetime='2015-03-04'>March 4, 2015</time>",
    "<p><a rel='author'>R. Olin</a> <span>Reporter since <time datetime='2015-03-04'>March 4, 2015</time></span></p>",
]


@pytest.mark.parametrize("line", EVENTS)
def test_a_line_that_tells_of_an_event_dates_no_article(line: str) -> None:
    """A life, a match, a deadline or a profile beside the headline is what the line says."""
    assert dated(line).published_on is None


def test_a_label_inside_an_element_that_is_marked_as_a_date_counts() -> None:
    """`<div class="date">Last updated on ...` is a change: on other sites 15 of 28 wrong days came from such."""
    assert dated('<div class="date">Last updated on <b>4 March 2024</b></div>').published_on is None
    assert (
        dated('<time class="date" datetime="2024-03-04">Updated on 4 March 2024</time>').published_on is None
    )
    assert dated('<div class="date">Published on <b>4 March 2024</b></div>').published_on == "2024-03-04"


@pytest.mark.parametrize(
    ("line", "lang"),
    [
        ('<p class="byline">By Ada Fenwick | Published 4 March 2024, 09:15 | Updated 6 March 2024</p>', "en"),
        ("<p>Published on 4 March 2024 at 09:15, updated on 6 March 2024 at 10:00</p>", "en"),
        ("<p>Publié le 4 mars 2024 à 09h15 - Mis à jour le 6 mars 2024 à 08h10</p>", "fr"),
        ("<p>Publié le 4 mars 2024 à 09h15, mis à jour le 6 mars 2024 à 08h10</p>", "fr"),
        ("<p>Pubblicato il 4 marzo 2024 alle 9:15 - Aggiornato il 6 marzo 2024 alle 8:10</p>", "it"),
        ("<p>Actualizado: 6 de marzo de 2024 - 10:00 | Publicado: 4 de marzo de 2024 - 09:15</p>", "es"),
    ],
)
def test_of_a_birth_and_a_change_on_one_line_the_birth_is_taken(line: str, lang: str) -> None:
    """The label nearest before a date says what it is, and a time belongs to the date that it follows."""
    change = '<meta name="date" content="2024-03-06T11:00:00Z"><meta property="article:modified_time" content="2024-03-06T11:00:00Z">'
    for head in ("", change):
        found = dated(line, head=head, lang=lang)
        assert found.published_on == "2024-03-04"
        assert found.published_local_at == datetime(2024, 3, 4, 9, 15)  # noqa: DTZ001


def test_the_day_that_readers_see_in_place_of_a_stamp_is_the_day() -> None:
    """A stamp of the night in UTC, also where a second one confirms it, is the moment of the shown day."""
    stamp = "2024-02-21T04:15:00Z"
    head = f'<script type="application/ld+json">{{"@type":"NewsArticle","datePublished":"{stamp}"}}</script>'
    found = dated(f'<time datetime="{stamp}">February 20, 2024</time>', head=head)
    assert (found.published_on, found.published_at) == (
        date(2024, 2, 20).isoformat(),
        datetime(2024, 2, 21, 4, 15, tzinfo=UTC),
    )


TEMPLATES = {
    "wordpress": '<span class="posted-on">Last updated <time class="updated" datetime="2025-01-02T10:00:00+00:00">January 2, 2025'
    '</time> <time class="entry-date published" datetime="2024-03-04T09:15:00+00:00">March 4, 2024</time></span>',
    "drupal": '<span property="schema:dateCreated" content="2024-03-04T09:15:00+00:00">Mon, 03/04/2024 - 10:15</span>',
    "uk": "<details><summary>Mon 4 Mar 2024 09.15 GMT</summary>Last modified on Tue 5 Mar 2024 10.00 GMT</details>",
    "clock first": '<p><span>Published:</span> <time datetime="2024-03-04T09:15:00+0000">09:15 GMT, 4 March 2024</time> | <span>'
    'Updated:</span> <time datetime="2024-03-05T10:00:00+0000">10:00 GMT, 5 March 2024</time></p>',
    "india": "<p>Updated - March 06, 2024 10:00 pm IST</p><p>Published - March 04, 2024 02:45 pm IST - New Delhi</p>"
    '<script>{"timeZone":"Asia/Kolkata"}</script>',
    "indonesia": '<div class="detail__date">Senin, 04 Mar 2024 16:15 WIB</div>',
}


@pytest.mark.parametrize("line", TEMPLATES.values(), ids=TEMPLATES)
def test_the_lines_of_content_systems_give_day_and_moment(line: str) -> None:
    """The birth is taken from the lines that they write, whichever of birth and change stands first."""
    found = dated(line, lang="en-US")
    assert (found.published_on, found.published_at) == ("2024-03-04", datetime(2024, 3, 4, 9, 15, tzinfo=UTC))


DAYS = {
    "reviewed": "<p>By Ann Lee | Published Mar 4, 2024 | Medically reviewed by Dr. Bo Ek on Mar 10, 2024</p>",
    "print": "<p>Published March 4, 2024</p><p>A version appears in print, in the issue of March 6, 2024</p>",
    "correction": "<p>March 4, 2024</p><p>Correction, March 6, 2024: an earlier version misspelled a name.</p>",
    "japanese": "<p>2024年3月4日 9:15 (2024年3月5日 10:00更新)</p>",
    "japanese label before": "<p>2024年3月4日 9:15 (更新: 3月5日)</p>",
    "korean": "<p>입력 2024.03.04. 오전 9:15 수정 2024.03.05. 오후 1:00</p>",
    "thai": "<p>4 มี.ค. 2567 09:15 น.</p>",
    "forum": "<div>ann_f <div>Joined: Mar 4, 2015</div></div><div class='postdate'>Mon Mar 04, 2024 9:15 am</div>",
}


@pytest.mark.parametrize("line", DAYS.values(), ids=DAYS)
def test_other_days_beside_the_birth_are_told_apart(line: str) -> None:
    """A review, an issue, a correction, a change labelled behind its date and a profile leave the birth."""
    assert dated(line).published_on == "2024-03-04"


NONE = {
    "correction": "<p>Correction, March 4, 2024: an earlier version misspelled a name.</p>",
    "deadline": "<p>Apply by 4 March 2024</p>",
    "change": '<span class="date">Stand: 04.03.2024, 09:15 Uhr</span>',
    "closing": "<p>Closing date: 4 March 2024</p>",
    "printout": "<p>Printed on 4 March 2024</p>",
    "profile": "<div>ann_f <div>Joined: Mar 4, 2015</div></div>",
    "profile behind": '<div class="author"><time datetime="2015-03-04">March 4, 2015</time> joined</div>',
    "timeline": "".join(
        f"<h3>{day} June 2019</h3><p>The wall at gate {day} gave way.</p>" for day in (3, 9, 12)
    ),
}


@pytest.mark.parametrize("line", NONE.values(), ids=NONE)
def test_a_line_without_a_birth_gives_none(line: str) -> None:
    """Nothing is taken for want of better."""
    assert dated(line).published_on is None
    card = "<li><a href='/1'>Old mill burns down</a><time class='post-date' datetime='2024-05-01'>May 1, 2024</time></li>"
    assert dated(line, below=f"<ul>{card}</ul>").published_on is None


def test_a_weekday_tells_the_sites_clock_from_the_articles_line_in_a_head() -> None:
    """In the head of a site, a lone date with its weekday is a clock; all six without one were the article's."""
    assert dated(above='<div class="masthead">Monday, March 4, 2024</div>').published_on is None
    assert dated(above='<div class="masthead">March 4, 2024</div>').published_on == "2024-03-04"


ENTRIES = "".join(
    f"<div class='entry'><time>{day} June 2019 10:05</time><p>Gate {day} gave way.</p></div>"
    for day in (3, 9, 12)
)


@pytest.mark.parametrize(
    "line", ["By Ann Lee, 4 March 2024", "By Ann Lee <time datetime='2024-03-04'>4 March 2024</time>"]
)
def test_the_line_above_a_timeline_dates_it(line: str) -> None:
    """The entries of a timeline or a live blog date nothing; the one line above them does, without a label too."""
    assert dated(f'<p class="byline">{line}</p>{ENTRIES}').published_on == "2024-03-04"


STATE = '{{"article": {{"headline": "{}", "published_at": "2024-03-04T09:15:00Z"}}, "more": [{}]}}'
OTHERS = '{"headline": "Old mill burns down", "publishedAt": "2024-05-01T09:15:00Z"}'


@pytest.mark.parametrize(
    "script", ['<script type="application/json">{}</script>', "<script>window.__STATE__ = {};</script>"]
)
def test_a_state_dates_the_article_of_its_title(script: str) -> None:
    """Of the dates in a page's state the one beside its title is the article's; those of other articles are nobody's."""
    assert dated(head=script.format(STATE.format(HEADLINE, OTHERS))).published_on == "2024-03-04"
    assert dated(head=script.format(f'{{"related": [{OTHERS}]}}')).published_on is None


def test_a_field_in_gmt_is_a_moment() -> None:
    """WordPress states its times twice, and says by the field's name which are of Greenwich."""
    script = '<script type="application/json">{"post": {"date_gmt": "2024-03-04T09:15:00"}}</script>'
    assert dated(head=script).published_at == datetime(2024, 3, 4, 9, 15, tzinfo=UTC)


OF_WHAT_IS_TOLD = {
    "a study": "The board leans on an old study, published on 4 March 2014 by the ministry, which counted all that lands there.",
    "a report": "The report of the harbour was published on 4 March 2014 and has been in a drawer of the town hall ever since.",
    "behind a link": "Nobody had read the <a href='/s'>study of the old mole</a> that was published on 4 March 2014 by the ministry.",
    "a film": "The film that everybody has seen was posted on 4 March 2014 by a boy who stood on the quay in the storm.",
    "german": "Das Gutachten, das den Steg für sicher hielt, wurde veröffentlicht am 4. März 2014 und liegt seither im Rathaus.",
}
STATED = {
    "nothing": ("", None),
    "a time": ("<time datetime='2019-06-11'>11 June 2019</time>", "2019-06-11"),
    "a byline": ("<p>By Joan Fry, 11 June 2019</p>", "2019-06-11"),
    "a label": ("<p>Published: 11 June 2019</p>", "2019-06-11"),
}


@pytest.mark.parametrize(("beside", "day"), STATED.values(), ids=STATED)
@pytest.mark.parametrize("told", OF_WHAT_IS_TOLD.values(), ids=OF_WHAT_IS_TOLD)
def test_what_a_sentence_says_was_published_is_not_the_article(
    told: str, beside: str, day: str | None
) -> None:
    """`published on` in a sentence about something else is its date; what the page states beside it stands."""
    prose = "The works cost eleven million crowns, of which the county pays a half, and the shops fear for their trade."
    assert dated(f"{beside}<p>{told} {prose}</p>").published_on == day


def test_a_sentence_about_the_article_still_dates_it() -> None:
    """Where a sentence says when this very article was published, that is its date."""
    told = "This article was first published on 4 March 2014, when the old pier still stood and no one thought of storms."
    prose = "It has been left as it was, but for the names of two ships whose owners have asked for that since then."
    assert dated(f"<p>{told} {prose}</p>").published_on == "2014-03-04"


@pytest.mark.parametrize("last", ["updated", "correction", "published", "deadline"])
def test_the_last_word_of_a_headline_labels_no_date(last: str) -> None:
    """The line below a headline is the article's date, whatever word the headline ends in."""
    source = (
        f"<html><head><title>Pier plan {last}</title></head><body><main><article><h1>Pier plan {last}</h1>"
        f"<p>5 September 2024</p>{TEXT}</article></main></body></html>"
    )
    found = find_dates(DateInput(html=source, fetched_at=datetime(2026, 1, 1, tzinfo=UTC)))
    assert found.published_on == "2024-09-05"
