"""A sitemap speaks for its own host, and for others only where they say so; the rest is refused on record."""

from collections.abc import Iterator

import pytest
from small_newspaper import Newspaper, article, sitemap
from source_desk import Desk, Outcome

from copydesk.flows.sources.may_speak_for import MAX_ASKED_HOSTS, MAX_HOSTS, host_of


@pytest.fixture
def stranger(paper: Newspaper) -> Iterator[Newspaper]:
    """Another newspaper: the same machine, another port, so another host to a sitemap."""
    with Newspaper() as other:
        other.put_articles(range(3))
        yield other


def run(desk: Desk, *papers: Newspaper) -> Outcome:
    hosts = frozenset(paper.host for paper in papers)
    return desk.run(desk.sitemap(), allow_private_hosts=hosts, attempts=1)


def reasons(outcome: Outcome) -> list[tuple[str, str]]:
    return [(refusal.reason, refusal.origin) for refusal in outcome.refused]


def test_a_foreign_host_is_not_asked_for_pages(paper: Newspaper, stranger: Newspaper, desk: Desk) -> None:
    """Pages of a host that does not name the sitemap are refused, a row for the host, and no page is asked for."""
    paper.put_articles(range(2))
    own, foreign = sitemap(paper.base, range(2)), sitemap(stranger.base, range(3))
    paper.put("/sitemap.xml", own.replace(b"</urlset>", foreign[foreign.index(b"<url>") :]))
    outcome = run(desk, paper, stranger)
    assert outcome.numbers == [0, 1]
    assert {document.origin.startswith(paper.base) for document in outcome.documents} == {True}
    assert reasons(outcome) == [("foreign_host", f"{paper.base}/sitemap.xml#{stranger.host}")]
    assert "3 addresses" in outcome.refused[0].detail
    assert set(stranger.asked()) <= {"/robots.txt"}
    report = outcome.report
    assert report.entries_seen_count == report.documents_count + report.refused_count == 5


def test_a_host_may_name_a_sitemap_elsewhere(paper: Newspaper, stranger: Newspaper, desk: Desk) -> None:
    """What a host's robots.txt names speaks for it, also through an index; a robots.txt that names another does not."""
    index = f"{paper.base}/sitemap.xml"
    paper.put("/sitemap.xml", b"<sitemapindex><sitemap><loc>s1.xml</loc></sitemap></sitemapindex>")
    paper.put("/s1.xml", sitemap(stranger.base, range(3)))
    stranger.put("/robots.txt", f"Sitemap: {index}2\n".encode())
    assert run(desk, paper, stranger).numbers == []
    stranger.put("/robots.txt", f"User-agent: *\nDisallow: /news/2\nSitemap: {index}\n".encode())
    desk.memory.robots_states.clear()
    desk.memory.urls.clear()
    outcome = run(desk, paper, stranger)
    assert outcome.numbers == [0, 1]
    assert [refusal.reason for refusal in outcome.refused] == ["robots_forbidden"]


def test_an_index_leads_to_no_other_site(paper: Newspaper, stranger: Newspaper, desk: Desk) -> None:
    """A sitemap of another site that an index names is not read, and stands in the quarantine."""
    paper.put(
        "/sitemap.xml",
        f"<sitemapindex><sitemap><loc>{stranger.base}/s.xml</loc></sitemap></sitemapindex>".encode(),
    )
    stranger.put("/s.xml", sitemap(stranger.base, range(3)))
    outcome = run(desk, paper, stranger)
    assert reasons(outcome) == [("foreign_host", f"{paper.base}/sitemap.xml#{stranger.host}")]
    assert set(stranger.asked()) <= {"/robots.txt"}


def test_a_redirect_leads_to_no_other_site(paper: Newspaper, stranger: Newspaper, desk: Desk) -> None:
    """What answers in the place of a page is judged as if the sitemap had named it: refused, or vouched for."""
    paper.put("/sitemap.xml", sitemap(paper.base, range(3)))
    paper.put_articles([0])
    paper.put("/news/1", status=302, headers={"Location": f"{stranger.base}/news/1"})
    paper.put("/news/2", status=302, headers={"Location": f"{paper.base}/news/0?moved=1"})
    paper.put("/news/0?moved=1", article(2))
    outcome = run(desk, paper, stranger)
    assert outcome.numbers == [0, 2]
    assert reasons(outcome) == [("foreign_host", f"{paper.base}/news/1")]
    assert stranger.base in outcome.refused[0].detail
    stranger.put("/robots.txt", f"Sitemap: {paper.base}/sitemap.xml\n".encode())
    desk.memory.robots_states.clear()
    desk.memory.urls.clear()
    assert run(desk, paper, stranger).numbers == [0, 1, 2]


def test_relative_addresses_are_resolved(paper: Newspaper, desk: Desk) -> None:
    """A loc in short, in an index as in a sitemap, is taken against the address of its own file."""
    paper.put("/sitemap.xml", b"<sitemapindex><sitemap><loc>maps/one.xml</loc></sitemap></sitemapindex>")
    paper.put(
        "/maps/one.xml", b"<urlset><url><loc>/news/1</loc></url><url><loc> ../news/2 </loc></url></urlset>"
    )
    paper.put_articles([1, 2])
    assert run(desk, paper).numbers == [1, 2]


def test_what_is_no_address_is_counted(paper: Newspaper, desk: Desk) -> None:
    """Entries whose address is none are one row of the quarantine, and cost no other entry."""
    bad = "".join(f"<url><loc>{loc}</loc></url>" for loc in ("http://[::1", "mailto:a@b.test", "http://a b/"))
    paper.put("/sitemap.xml", f"<urlset>{bad}<url><loc>{paper.base}/news/1</loc></url></urlset>".encode())
    paper.put_articles([1])
    outcome = run(desk, paper)
    assert outcome.numbers == [1]
    assert reasons(outcome) == [("bad_url", f"{paper.base}/sitemap.xml#no address")]
    assert "3 entries" in outcome.refused[0].detail


def test_a_crowd_of_strangers_costs_little(paper: Newspaper, desk: Desk) -> None:
    """However many hosts a sitemap names, few are asked for their robots.txt and the rows stay few."""
    ports = range(20_000, 20_000 + 3 * MAX_HOSTS)
    urls = "".join(f"<url><loc>http://127.0.0.2:{port}/a</loc></url>" for port in ports)
    paper.put("/sitemap.xml", f"<urlset>{urls}</urlset>".encode())
    outcome = run(desk, paper)
    assert len(outcome.refused) == MAX_HOSTS + 1
    assert outcome.report.refused_count == len(ports)
    assert outcome.report.requests_count <= MAX_ASKED_HOSTS + 2


def test_a_redirected_sitemap_speaks_where_it_led(paper: Newspaper, stranger: Newspaper, desk: Desk) -> None:
    """A sitemap that its host has moved elsewhere speaks for its host and for the one that it moved to."""
    paper.put("/sitemap.xml", status=301, headers={"Location": f"{stranger.base}/moved.xml"})
    stranger.put(
        "/moved.xml",
        sitemap(stranger.base, [1]).replace(
            b"</urlset>", f"<url><loc>{paper.base}/news/2</loc></url></urlset>".encode()
        ),
    )
    paper.put("/news/2", article(2))
    assert run(desk, paper, stranger).numbers == [1, 2]


def test_www_is_the_same_host() -> None:
    """A host with and without www. is one, whatever the scheme; another subdomain or port is another."""
    assert host_of("https://www.courier.test/a") == host_of("http://courier.test/b")
    assert (
        len({host_of(f"https://{host}/") for host in ("courier.test", "m.courier.test", "courier.test:8080")})
        == 3
    )
