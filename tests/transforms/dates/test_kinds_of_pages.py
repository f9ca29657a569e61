"""Dates that stand on pages beside the article's own, and the article's own in the forms of other calendars and clocks.

A table a kind. About half of each are the article's, so that nothing is gained by silence.
"""

import pytest
from small_page import META, OTHER, OWN, TEXT, page, plain

from copydesk.transforms.dates.date_input import DateInput
from copydesk.transforms.dates.find_dates import find_dates

ITEMS = {
    "microdata": '<div itemscope itemtype="https://schema.org/{0}"><meta itemprop="datePublished" content="{1}">Ann Finch</div>',
    "microdata shown": '<div itemscope itemtype="https://schema.org/{0}">A storm <time itemprop="datePublished" datetime="{1}">'
    "1 February 2019</time></div>",
    "RDFa": '<div vocab="https://schema.org/" typeof="{0}">Ann <span property="datePublished" content="{1}">then</span></div>',
    "JSON-LD": '<script type="application/ld+json">{{"@type":"{0}","name":"A storm","datePublished":"{1}"}}</script>',
    "JSON-LD within": '<script type="application/ld+json">{{"@type":"NewsArticle","subjectOf":{{"@type":"{0}",'
    '"datePublished":"{1}"}}}}</script>',
}
FRAMES = {
    "nothing": "<article>",
    "microdata": '<article itemscope itemtype="https://schema.org/NewsArticle"><meta itemprop="datePublished"'
    ' content="2024-05-03T10:15:00Z">',
    "RDFa": '<article vocab="https://schema.org/" typeof="NewsArticle"><span property="datePublished" content="2024-05-03"></span>',
    "microdata of a review": '<article itemscope itemtype="https://schema.org/Review"><meta itemprop="datePublished"'
    ' content="2024-05-03">',
}


@pytest.mark.parametrize(
    "kind", ["Comment", "Review", "VideoObject", "ImageObject", "Person", "Movie", "Book"]
)
@pytest.mark.parametrize("item", ITEMS.values(), ids=ITEMS)
def test_the_date_of_an_item_is_not_that_of_the_article_around_it(item: str, kind: str) -> None:
    """A comment, a film or a person that the page marks up has dates of its own, wherever it stands."""
    for frame in FRAMES.values():
        for place in ("beside", "below"):
            found = page(frame=frame, **{place: item.format(kind, OTHER)})
            assert found.published_on == (OWN if "2024" in frame else None)


BEHIND = [
    ("Conference on 12 June 2025", "en"), ("Conference: <time datetime='2025-06-12'>12 June 2025</time>", "en"),
    ("<b class='countdown' data-date='2025-06-12T18:00:00'>40 days</b>", "en"), ("<b>Opens on</b> 12 June 2025", "en"),
    ("<b>Eröffnung:</b> 12. Juni 2025", "de"), ("<b>Ouverture :</b> 12 juin 2025", "fr"), ("<b>12 June 2025</b>", "en"),
    ("<b>Fecha del concierto:</b> 12 de junio de 2025", "es"), ("Saturday 12 June 2025, Harbour Hall", "en"),
    ("Release date: 12 June 2025", "en"), ("Release date: 12 June 2019", "en"),
]  # fmt: skip
RELEASES = [
    ("<p>Release date: 14 February 2019</p>", "en"), ("<table><tr><th>First shown</th><td>14 February 2019</td></tr></table>", "en"),
    ("<p>Kinostart: 14. Februar 2019</p>", "de"), ("<p>Date de sortie : 14 février 2019</p>", "fr"),
    ("<p>Fecha de estreno: 14 de febrero de 2019</p>", "es"), ("<p>Data di uscita: 14 febbraio 2019</p>", "it"),
    ("<p>発売日：2019年2月14日</p>", "ja"), ("<p>上映日期：2019年2月14日</p>", "zh"), ("<p>Premiera: 14 lutego 2019</p>", "pl"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "lang"), BEHIND)
def test_what_is_to_come_takes_nothing_from_the_articles_date(line: str, lang: str) -> None:
    """A later day without a label, or of a label that names something else, contradicts no birth."""
    assert page(f"<p>{line}</p>", head=META, lang=lang).published_on == OWN
    assert page(f"<p>Published: 2024-05-03</p><p>{line}</p>", lang=lang).published_on == OWN


def test_a_dateline_in_a_long_paragraph_dates_its_page() -> None:
    """What leads to a date at the head of a paragraph is a place, however long the paragraph is."""
    for lead in ("MILLMOOR, 3 May 2024 - ", "Millmoor (3 May 2024) "):
        assert page(f"<p>{lead}{TEXT[0]} {TEXT[1]}</p>").published_on == OWN


def test_of_two_lines_the_first_and_earlier_is_the_articles() -> None:
    """What stands below it and is later is to come, or a change."""
    assert page("<p>3 May 2024</p><p>Conference on 12 June 2025</p>").published_on == OWN
    assert page("<p>12 June 2025</p><p>Conference on 3 May 2024</p>").published_on is None


@pytest.mark.parametrize(("line", "lang"), RELEASES)
def test_the_release_of_a_film_dates_no_article(line: str, lang: str) -> None:
    """A label of two words that is no known one, or one of the known ones of events, says what its date is of."""
    assert page(line, lang=lang).published_on is None


@pytest.mark.parametrize(
    "line", ["For immediate release: 3 May 2024", "Press release, 3 May 2024", "Date: 3 May 2024"]
)
def test_a_press_release_is_dated_by_its_line(line: str) -> None:
    """A date word alone leaves open what its date is of."""
    assert page(f"<p>{line}</p>").published_on == OWN


SHORT = [
    ("24.05.12 10:15", "ko", None, "2024-05-12"), ("입력 24.05.12 10:15", "ko", None, "2024-05-12"),
    ("24/05/12", "ja", None, "2024-05-12"), ("24-05-12 10:15", "zh-CN", None, "2024-05-12"),
    ("113/05/12", "zh-TW", None, "2024-05-12"), ("24. 05. 12.", "hu", None, "2024-05-12"), ("24-05-12", "lt", None, "2024-05-12"),
    ("24.05.12", "", "https://gull.kr/1", "2024-05-12"), ("12.05.24", "de", "https://gull.de/1", "2024-05-12"),
    ("12/05/24", "fr", None, "2024-05-12"), ("05/12/24", "en-US", None, "2024-05-12"), ("12/05/24", "en-GB", None, "2024-05-12"),
    ("10-12-16", "en", None, None), ("12/05/24", "en", None, None),
]  # fmt: skip


@pytest.mark.parametrize(("line", "lang", "url", "day"), SHORT)
def test_a_year_of_two_digits_stands_where_its_language_has_it(
    line: str, lang: str, url: str | None, day: str | None
) -> None:
    """In Korea, Japan, China, Hungary and Lithuania first; with hyphens elsewhere it may be a score."""
    assert page(f"<p class='date'>{line}</p>", lang=lang, url=url).published_on == day


SLUGS = [
    ("/news/fair-2024-11-05", "2024-11-05"), ("/news/fair-20241105-abc", "2024-11-05"), ("/2024/05/03/fair-2024-11-05", OWN),
    ("/fair-2024-11-05/2024/05/03/", OWN), ("/2024/05/fair-on-03-05-2024", OWN), ("/news/20240503-fair.html", OWN),
    ("/a/t20240503_1234.html", OWN), ("/2024-election-5-november-2024-results", None), ("/2024/may/03/fair", OWN),
    ("/2024/05/fair?on=2024-05-07", None),
]  # fmt: skip


@pytest.mark.parametrize("folder", ["events", "whats-on", "de/veranstaltungen", "agenda"])
def test_a_day_in_the_address_of_a_page_of_events_is_that_of_an_event(folder: str) -> None:
    """However its address begins; what the page itself states of its birth counts."""
    for path in ("2024/05/09/summer-fair", "2024-05-09-summer-fair"):
        url = f"https://gull.example/{folder}/{path}"
        assert page(url=url).published_on is None
        assert page(head=META, url=url).published_on == OWN


@pytest.mark.parametrize(("path", "day"), SLUGS)
def test_a_date_behind_words_of_an_address_gives_way_to_any_other(path: str, day: str | None) -> None:
    """It may be the day of what the words are about; alone it was right on all 26 pages of the corpora."""
    url = f"https://gull.example{path}"
    assert page(url=url).published_on == day
    if "fair-" in path:
        assert page(head=META, url=url).published_on == OWN
        assert page("<p>3 May 2024</p>", url=url).published_on == OWN


CHANGES = [
    ("By Ann Finch, 1 May 2024 (updated 3 May 2024)", "en"), ("(Updated 3 May 2024) 1 May 2024", "en"),
    ("1 May 2024, last modified 3 May 2024", "en"), ("Last modified: 3 May 2024 | 1 May 2024", "en"),
    ("3 May 2024 (updated) | 1 May 2024", "en"), ("1 May 2024 (published), 3 May 2024 (last updated)", "en"),
    ("<time datetime='2024-05-03'>3 May 2024</time> (updated), <time datetime='2024-05-01'>1 May 2024</time> (published)", "en"),
    ("1. Mai 2024 (aktualisiert am 3. Mai 2024)", "de"), ("1. Mai 2024 (3. Mai 2024 aktualisiert)", "de"),
    ("Mis à jour le 3 mai 2024, 1er mai 2024", "fr"), ("1 de mayo de 2024 (actualizado el 3 de mayo de 2024)", "es"),
    ("1 мая 2024 (обновлено 3 мая 2024)", "ru"), ("2024年5月1日 10:15（2024年5月3日 更新）", "ja"), ("1 maj 2024 (uppdaterad 3 maj 2024)", "sv"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "lang"), CHANGES)
def test_a_change_beside_the_birth_is_told_by_its_label(line: str, lang: str) -> None:
    """Before its date or in brackets behind it, on either side of the birth, on a page and in a text."""
    assert page(f"<p>{line}</p>", lang=lang).published_on == "2024-05-01"
    if "<" not in line:
        assert plain(line, lang=lang).published_on == "2024-05-01"


@pytest.mark.parametrize("line", ["Updated 3 May 2024", "(updated 3 May 2024)", "3 May 2024 (updated)"])
def test_a_change_alone_is_no_birth(line: str) -> None:
    """Neither on a page nor in a text."""
    assert (page(f"<p>{line}</p>").published_on, plain(line).published_on) == (None, None)


@pytest.mark.parametrize(
    ("lang", "word"), [("sq", "Përditësuar"), ("eu", "Eguneratua"), ("zu", "Kubuyekeziwe")]
)
def test_a_label_of_a_language_that_is_not_known_may_be_of_a_change(lang: str, word: str) -> None:
    """So it dates nothing; what has no label, and what is declared, does as in any language."""
    assert page(f"<p>{word}: 2024-05-04</p>", lang=lang).published_on is None
    assert page(f"<p>{word}: 2024-05-04</p>", lang=lang, head=META).published_on == OWN
    assert page("<p class='date'>2024-05-03</p>", lang=lang).published_on == OWN


WRITTEN = {
    "令和6年5月3日": "", "民國113年5月3日": "", "平成36年5月3日 午後3時5分": "15:05", "3 พ.ค. 2567 15:05 น.": "15:05",
    "۱۴ اردیبهشت ۱۴۰۳": "", "۱۴۰۳/۰۲/۱۴ - ۱۵:۰۵": "15:05", "1403/02/14": "",
    "3 May 2024 at noon": "12:00", "3 mai 2024 à 15h05": "15:05", "3 mai 2024 à 15 h 05": "15:05",
    "3 de maio de 2024 às 15h": "15:00", "2024年5月3日下午3点": "15:00", "2024年5月3日 上午9点15分": "09:15",
    "2024년 5월 3일 오후 3시": "15:00", "2024.05.03. 오후 3:05": "15:05", "May 3, 2024 at 3 p.m.": "15:00",
    "May 3, 2024 12:15 a.m.": "00:15", "3 de mayo de 2024, 3:05 p. m.": "15:05", "3 Μαΐου 2024, 3:05 μ.μ.": "15:05",
    "3 مايو 2024 - 3:05 مساءً": "15:05", "3 May 2024, 1505 hrs": "15:05", "3 de mayo de 2024 a las 15:05 h": "15:05",
    "2024 m. gegužės 3 d. 15:05": "15:05", "2024. gada 3. maijs, 15:05": "15:05", "2024 жылғы 3 мамыр": "",
    "৩ মে ২০২৪, ১৫:০৫": "15:05",
}  # fmt: skip


@pytest.mark.parametrize(("line", "clock"), WRITTEN.items(), ids=WRITTEN)
def test_the_calendars_and_clocks_of_the_world_are_read(line: str, clock: str) -> None:
    """A page and a carrier give the same day and, where one is told, the same time of day."""
    for found in (
        page(f"<p class='date'>{line}</p>"),
        find_dates(DateInput(text="x", carrier_published_at=line)),
    ):
        at = found.published_local_at
        assert (found.published_on, f"{at:%H:%M}" if at else "") == (OWN, clock)


@pytest.mark.parametrize("line", ["24 شوال 1445 هـ", "令和6年13月3日", "1403/13/14", "1492/10/12", "平成"])
def test_no_day_is_made_of_another_calendars(line: str) -> None:
    """What is no day of a calendar that is read, or of one that is not, is none."""
    assert page(f"<p class='date'>{line}</p>").published_on is None
