"""Every entry of a feed is accounted for: as a document, as known, or as refused with the reason."""

import json

import pytest
from small_newspaper import Newspaper, article
from source_desk import Desk, Outcome

TEXT = "<p>The harbour board met for the {0}th time and heard what berth {0} had cost the town.</p>" * 6


def rss(*entries: tuple[str, str, str]) -> bytes:
    """Write a feed of (guid, link, text)."""
    items = "".join(
        f"<item>{f'<guid isPermaLink=%s>{guid}</guid>' % repr('false') if guid else ''}<title>Berth report</title>"
        f"{f'<link>{link}</link>' if link else ''}<description><![CDATA[{text}]]></description></item>"
        for guid, link, text in entries
    )
    return f"<rss version='2.0'><channel><title>Gazette</title>{items}</channel></rss>".encode()


def atom(*entries: tuple[str, str, str]) -> bytes:
    items = "".join(
        f"<entry><id>{guid}</id><title>Berth report</title><link href='{link}'/><content type='html'><![CDATA[{text}]]></content></entry>"
        for guid, link, text in entries
    )
    return f"<feed xmlns='http://www.w3.org/2005/Atom'><title>Gazette</title>{items}</feed>".encode()


def json_feed(*entries: tuple[str, str, str]) -> bytes:
    items = [
        {"id": guid, "url": link, "title": "Berth report", "content_html": text}
        for guid, link, text in entries
    ]
    return json.dumps(
        {"version": "https://jsonfeed.org/version/1.1", "title": "Gazette", "items": items}
    ).encode()


def names(outcome: Outcome) -> list[str | None]:
    return sorted(str(document.external_id) for document in outcome.documents)


@pytest.mark.parametrize("write", [rss, atom, json_feed])
def test_entries_with_one_link_are_told_apart_by_their_guids(paper: Newspaper, desk: Desk, write) -> None:
    """Three entries that link to one page, or to the front page, are three documents without an address."""
    for link in ("/live", "/", "/live?utm_source=feed"):
        entries = [(f"g{link}{n}", paper.base + link + f"#{n}", TEXT.format(n)) for n in range(3)]
        paper.put(f"/feed{len(link)}", write(*entries), content_type="text/xml")
        outcome = desk.run(desk.feed(f"/feed{len(link)}", fetches_pages=False))
        assert names(outcome) == [f"g{link}{n}" for n in range(3)]
        assert {document.url for document in outcome.documents} == {None}
        assert len({document.origin for document in outcome.documents}) == 3
        assert outcome.report.entries_seen_count == outcome.report.documents_count == 3


def test_an_entry_keeps_its_name_as_the_feed_moves_on(paper: Newspaper, desk: Desk) -> None:
    """Whether other entries share its link later or no more, an entry that is in is not taken again."""
    link = paper.base + "/live"
    one, two, three = ((f"g{n}", link, TEXT.format(n)) for n in range(3))
    source = desk.feed(fetches_pages=False)
    for entries, new in (
        ([one], ["g0"]),
        ([two, one], ["g1"]),
        ([three, two], ["g2"]),
        ([three], []),
        ([one], []),
    ):
        paper.put("/feed", rss(*entries), content_type="text/xml")
        assert names(desk.run(source)) == new


def test_a_corrected_entry_comes_again(paper: Newspaper, desk: Desk) -> None:
    """New words of an entry come as a document of the same name at once, with or without an address of its own."""
    source = desk.feed(fetches_pages=False)
    for text in ("first", "second"):
        alone = ("a", paper.base + "/a", TEXT.format(1) + text)
        shared = [(guid, paper.base + "/live", TEXT.format(2) + text + guid) for guid in ("b", "c")]
        paper.put("/feed", rss(alone, *shared), content_type="text/xml")
        outcome = desk.run(source)
        assert names(outcome) == ["a", "b", "c"]
        origins = {paper.base + "/a", paper.base + "/feed#b", paper.base + "/feed#c"}
        assert {document.origin for document in outcome.documents} == origins


def test_guids_that_repeat_do_not_hide_an_entry(paper: Newspaper, desk: Desk) -> None:
    """Entries with one guid and one link are told apart by what they say; one that is repeated word for word is one."""
    link = paper.base + "/live"
    entries = [("g", link, TEXT.format(n)) for n in (1, 2, 2)] + [("", link, TEXT.format(n)) for n in (3, 4)]
    paper.put("/feed", rss(*entries), content_type="text/xml")
    outcome = desk.run(desk.feed(fetches_pages=False))
    assert len({document.payload for document in outcome.documents}) == 4
    assert len({document.origin for document in outcome.documents}) == 4
    assert desk.run(desk.feed(fetches_pages=False)).documents == []


def test_a_page_that_several_entries_link_to_is_asked_for_once(paper: Newspaper, desk: Desk) -> None:
    """One entry stands for the page; each of the others is refused on record, once, with what it says."""
    paper.put("/live", article(1))
    entries = [(f"g{n}", paper.base + f"/live#{n}", TEXT.format(n)) for n in range(3)]
    paper.put("/feed", rss(*entries), content_type="text/xml")
    outcome = desk.run(desk.feed())
    assert paper.asked()["/live"] == 1
    assert [document.payload for document in outcome.documents] == [article(1)]
    assert [(r.reason, r.origin) for r in outcome.refused] == [
        ("same_page", f"{paper.base}/feed#g{n}") for n in (1, 2)
    ]
    assert all(TEXT.format(n).encode() in (r.payload or b"") for n, r in enumerate(outcome.refused, 1))
    report = outcome.report
    assert report.entries_seen_count == report.documents_count + report.refused_count == 3
    paper.put("/feed", rss(*entries, ("new", paper.base + "/news/9", "")), content_type="text/xml")
    paper.put_articles([9])
    again = desk.run(desk.feed())
    assert (again.numbers, again.refused) == ([9], [])


@pytest.mark.parametrize("link", ["mailto:desk@gazette.test", "/", "", "http://[::1"])
def test_an_entry_without_a_page_gives_its_text_or_a_reason(paper: Newspaper, desk: Desk, link: str) -> None:
    """Where pages are fetched, an entry that has none is taken from the feed, or refused on record; never fetched."""
    entries = [("full", link, TEXT.format(1)), ("empty", link, "")]
    paper.put("/feed", rss(*entries), content_type="text/xml")
    outcome = desk.run(desk.feed())
    assert names(outcome) == ["full"]
    assert [(r.reason, r.origin) for r in outcome.refused] == [("no_page", f"{paper.base}/feed#empty")]
    assert set(paper.asked()) <= {"/feed", "/robots.txt"}
    desk.later(days=9)
    assert desk.run(desk.feed()).documents == []
