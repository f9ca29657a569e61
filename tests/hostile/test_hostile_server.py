"""A server that means harm costs its own pages: every page beside them becomes an article, in one run."""

import json
import resource
from collections.abc import Iterator
from pathlib import Path

import pytest
import stamina
from asked import ask
from empty_warehouse import empty_warehouse
from hostile_answers import hostile_answers
from small_newspaper import Newspaper, article

from copydesk.flows.ingest.plan import ingest
from copydesk.flows.settings import Settings

FEED = '<?xml version="1.0"?><rss version="2.0"><channel><title>Lindmouth Gazette</title>{}</channel></rss>'
ITEM = "<item><title>{0}</title><link>{0}</link><guid>{0}</guid><pubDate>{1}</pubDate></item>"
DATES = (
    "2024年5月6日",
    "06-05-2024",
    "202405",
    "2024-05-06T12:30:00+99:99",
    "Mon, 06 May 2024 12:30:00 +0000",
)


@pytest.fixture(autouse=True)
def _no_waiting() -> Iterator[None]:
    """Retries happen as often as they would, at once."""
    stamina.set_testing(True, attempts=3, cap=True)
    yield
    stamina.set_testing(False)


def source_list(folder: Path, base: str, feeds: tuple[str, ...]) -> Path:
    path = folder / "sources.toml"
    lines = (f'[[source]]\nid = "{feed}"\nkind = "feed"\nurl = "{base}/{feed}"\n' for feed in feeds)
    path.write_text("\n".join(lines))
    return path


@pytest.mark.slow
def test_every_neighbour_of_a_trap_arrives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each trap ends in one row with its reason, each page beside it is an article; a second run adds nothing."""
    monkeypatch.setenv("COPYDESK_ALLOW_PRIVATE_HOSTS", "127.0.0.1")
    with Newspaper() as paper:
        traps = {name: (handler, reason) for name, handler, reason in hostile_answers(paper.base)}
        items, good = [], []
        for number, (name, (handler, _)) in enumerate(traps.items()):
            before, after = f"{paper.base}/good/{2 * number}", f"{paper.base}/good/{2 * number + 1}"
            good += [before, after]
            items += [before, f"{paper.base}/bad/{name}", after]
            paper.handle(f"/bad/{name}", handler)
        for number, url in enumerate(good):
            paper.put(url.removeprefix(paper.base), article(number), headers={"Set-Cookie": "sid=SECRET"})
        feed = FEED.format("".join(ITEM.format(url, DATES[n % len(DATES)]) for n, url in enumerate(items)))
        paper.put("/traps", feed.encode(), content_type="application/rss+xml")
        odd = [
            {"id": "1", "url": f"{paper.base}/good/a"},
            {"id": "2", "url": f"{paper.base}/\ud800", "title": "\udfff"},
        ]
        odd += [{"id": "3", "url": f"{paper.base}/good/b", "date_published": "2024-05-06T12:30:00+99:99"}]
        paper.put("/odd.json", json.dumps({"items": odd}).encode(), content_type="application/feed+json")
        for name in ("a", "b"):
            paper.put(f"/good/{name}", article(900 + ord(name)))
        place = source_list(tmp_path, paper.base, ("traps", "odd.json"))
        settings = Settings(
            warehouse=empty_warehouse(tmp_path / "warehouse").folder, workers=1, sources=place
        )
        first = ingest(settings=settings)
        rows = dict(ask(settings, "select origin, reason from quarantine where origin like '%/bad/%'"))
        assert rows == {f"{paper.base}/bad/{name}": reason for name, (_, reason) in traps.items()}
        origins = {origin for (origin,) in ask(settings, "select origin from articles")}
        assert origins == {*good, f"{paper.base}/good/a", f"{paper.base}/good/b"}
        assert (first.new_count, first.quarantined_count) == (len(origins), len(traps) + 1)
        assert not [request for request in paper.requests if "cookie" in request.headers]
        stated = dict(
            ask(
                settings,
                "select published_at_stated, count(*) from documents where payload_bytes > 0 group by 1",
            )
        )
        assert {"2024-05-06", "06-05-2024", "202405", "2024-05-06T12:30:00+99:99"} <= set(stated)
        days = ask(
            settings, "select distinct published_on::text from revisions where published_on is not null"
        )
        assert days == [("2024-05-06",)]
        assert ingest(settings=settings).new_count == 0
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 2_000_000, "kilobytes"
