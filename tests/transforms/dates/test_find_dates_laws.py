"""The laws of dating, for any page: nothing from the future, all on record, evidence in the input, no failure."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.transforms.dates.bound_text import bound_text
from copydesk.transforms.dates.date_input import DateInput
from copydesk.transforms.dates.find_dates import find_dates
from copydesk.transforms.dates.infer_interval import infer_interval

FETCHED = datetime(2021, 6, 1, 12, tzinfo=UTC)
SNIPPETS = st.sampled_from(
    [
        '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2020-03-04T05:06:07Z"}</script>',
        '<script type="application/ld+json">[{"@type":"Article","datePublished":["2020-03-0',
        '<meta property="article:published_time" content="2031-01-02T03:04:05+02:00">',
        '<meta name="date" content="0000-00-00">',
        "<h1>The pier of Millmoor</h1>",
        '<time datetime="2020-03-04T23:59:60+14:00">4 March</time>',
        '<time datetime="99999-99-99">',
        '<div class="related"><span class="date">5/6/2020</span></div>',
        "<p>Published 31.12.2019, 25:61 Uhr</p>",
        "<p>Veröffentlicht: 3. Mai 2018</p>",
        "<!-- 2020-03-04 --><style>/* 2020 */</style><script>var a='2020-03-04'</script>",
        "<figure><img><figcaption>June 3, 2019</figcaption></figure>",
        "© 2021",
        "</article></div>",
        "<article><p>",
    ]
)
PAGES = st.lists(st.one_of(SNIPPETS, st.text(max_size=30)), max_size=12).map("".join)
TEXTS = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "on Monday ",
                "last night ",
                "in March ",
                "since 2015, ",
                "4 March 2020",
                " will meet on 5 May 2022",
                "\n",
                "(Photo: x)",
                "Printed on 3/4/2020",
                "just over two years ",
                "began in June 2017. ",
                "“tomorrow”",
                "Feb 29, 2019",
            ]
        ),
        st.text(max_size=12),
    ),
    max_size=14,
).map("".join)
DOCUMENTS = st.builds(
    DateInput,
    html=st.one_of(st.none(), PAGES, PAGES.map(lambda page: page.encode("utf-16", "replace"))),
    text=TEXTS,
    language=st.sampled_from([None, "en", "de", "fr", "es", "pt", "it", "nl", "ja", "EN_us", "?"]),
    url=st.one_of(st.none(), st.text(max_size=30), st.just("https://gull.example/2020/02/30/x/2019-12-31")),
    carrier_published_at=st.one_of(
        st.none(), st.text(max_size=20), st.just("Tue, 03 Mar 2020 10:00:00 +0100")
    ),
    timezone=st.sampled_from([None, "Europe/Berlin", "America/New_York", "no/zone"]),
    headers=st.dictionaries(st.sampled_from(["Last-Modified", "x"]), st.text(max_size=20), max_size=2),
    fetched_at=st.sampled_from([None, FETCHED]),
)


@settings(max_examples=100, deadline=None)
@given(DOCUMENTS)
def test_laws_of_dating(document: DateInput) -> None:
    """No failure, no future, at most one chosen with its day, a reason for each, the same answer twice."""
    found = find_dates(document)
    chosen = [item for item in found.candidates if item.is_chosen]
    assert found == find_dates(document)
    assert len(chosen) == (0 if found.published_on is None else 1)
    assert all(item.reason for item in found.candidates)
    for item in chosen:
        assert item.method == found.published_method
        assert item.value[:10] == found.published_on or found.published_at is not None
        assert item.kind in {"published", "feed", "url", "dateline"}
    if document.fetched_at is not None and found.published_on is not None:
        assert found.published_on <= (FETCHED + timedelta(days=1)).date().isoformat()
    if found.published_at is not None:
        assert found.published_at.utcoffset() == timedelta(0)
        day = datetime.fromisoformat(found.published_on).replace(tzinfo=UTC)
        assert abs(found.published_at - day) < timedelta(hours=48)
        assert found.published_local_at is None
    if found.published_local_at is not None:
        assert (found.published_local_at.date().isoformat(), found.published_precision) == (
            found.published_on,
            "minute_local",
        )
    if found.published_on is not None:
        assert (found.between_start_at, found.between_end_at) == (None, None)


@settings(max_examples=100, deadline=None)
@given(TEXTS, st.sampled_from(["en", "de", "fr"]))
def test_candidates_of_a_text_are_quotes_of_it(text: str, language: str) -> None:
    """A candidate with a place quotes the text at that place."""
    for item in find_dates(DateInput(text=text, language=language)).candidates:
        assert item.start_char is not None
        assert text[item.start_char : item.start_char + len(item.evidence)] == item.evidence


@settings(max_examples=100, deadline=None)
@given(TEXTS, st.lists(st.dates(date(2014, 1, 1), date(2023, 1, 1)), max_size=3))
def test_intervals_run_forward_whatever_the_story_says(text: str, days: list) -> None:
    """An interval ends no earlier than it starts, and hangs on the set of days alone, not on their order."""
    found = find_dates(DateInput(text=text, language="en"))
    bounds = bound_text(found.candidates, text)
    interval = infer_interval(found.candidates, bounds=bounds, story_days=days)
    assert interval == infer_interval(
        tuple(reversed(found.candidates)), bounds=bounds, story_days=reversed(days)
    )
    if interval is not None and interval.first_on and interval.last_on:
        assert interval.first_on <= interval.last_on


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_mutilated_page_is_dated_or_not_but_never_fails(data: st.DataObject) -> None:
    """Cutting and doubling stretches of a page yields at most another answer."""
    source = (
        '<html lang="en"><head><meta property="article:published_time" content="2020-03-04T05:06:07+01:00">'
        '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2020-03-04"}</script></head>'
        '<body><h1>The pier</h1><time datetime="2020-03-04">4 March 2020</time><p>On 3 March 2020 it fell.</p></body></html>'
    )
    for _ in range(data.draw(st.integers(1, 6))):
        start = data.draw(st.integers(0, len(source)))
        end = data.draw(st.integers(start, min(len(source), start + 40)))
        source = (
            source[:start]
            + data.draw(st.sampled_from(["", "<", '"', source[start:end] * 2, "\x00"]))
            + source[end:]
        )
    found = find_dates(DateInput(html=source, fetched_at=FETCHED))
    assert found.published_on is None or found.published_on <= "2021-06-02"


ZONES = [
    "UTC",
    "America/Los_Angeles",
    "America/New_York",
    "Europe/Berlin",
    "Asia/Kolkata",
    "Asia/Tokyo",
    "Pacific/Auckland",
]


@settings(max_examples=100, deadline=None)
@given(
    st.datetimes(datetime(2016, 1, 1), datetime(2020, 12, 31)),  # noqa: DTZ001 -- times on a clock
    st.sampled_from(ZONES),
    st.sampled_from(ZONES),
    st.lists(st.sampled_from(["utc", "home", "other", "naive"]), max_size=3),
    st.sampled_from(["", "home day", "home clock", "utc day", "other clock", "address"]),
    st.sampled_from([None, *ZONES]),
    st.sampled_from([None, *ZONES[1:]]),
)
def test_day_and_moment_never_contradict(
    local: datetime,
    home: str,
    other: str,
    stamps: list[str],
    shown: str,
    stated: str | None,
    named: str | None,
) -> None:
    """The moment is of the day in the zone that the source list or the page names, or on the clock that states it.

    Where no zone is named it is of the day on some clock of the world. A moment that is stated (midnight is a day) is
    never lost where the page shows no other day.
    """
    at = local.replace(microsecond=0, tzinfo=ZoneInfo(home)).astimezone(UTC)
    clocks = {"utc": at, "home": at.astimezone(ZoneInfo(home)), "other": at.astimezone(ZoneInfo(other))}
    names = ("article:published_time", "DC.date.issued", "date")
    metas = [
        f'<meta name="{name}" content="{clocks.get(stamp, local).isoformat(timespec="seconds")}">'
        for name, stamp in zip(names, stamps, strict=False)
    ]
    where, _, what = shown.partition(" ")
    line = f"{clocks.get(where, at):%d %B %Y{', %H:%M' if what == 'clock' else ''}}" if what else ""
    script = f"<script>var zone = '{named}'</script>" if named else ""
    source = f"<html><head>{''.join(metas)}{script}</head><body><article><h1>The pier of Millmoor</h1><p>{line}</p></article></body></html>"
    url = f"https://gull.example/{at:%Y/%m/%d}/pier" if shown == "address" else "https://gull.example/pier"
    found = find_dates(DateInput(html=source, url=url, timezone=stated))
    if found.published_at is not None:
        days = {(found.published_at + timedelta(hours=hours)).date().isoformat() for hours in range(-12, 15)}
        assert found.published_on in days
        if known := stated or named:
            stated_on = {clocks[one].date().isoformat() for one in stamps if one in ("home", "other")}
            assert (
                found.published_on
                in {f"{found.published_at.astimezone(ZoneInfo(known)):%Y-%m-%d}"} | stated_on
            )
    elif not shown and set(stamps) == {"home"} and f"{clocks['home']:%H%M%S}" != "000000":
        assert found.published_on is None
