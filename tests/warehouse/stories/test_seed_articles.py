"""The five real articles in a real warehouse, one after another."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from empty_warehouse import empty_warehouse, open_unstaged
from gold_articles import gold_documents
from story_newsroom import SEEN, file_articles, told

from copydesk.flows.settle_stories import settle_stories
from copydesk.warehouse.place import Place

BOUNDS = {"text alone": None, "dates supplied": "published_inferred"}


def read(document: dict, number: int, bounds: str | None) -> dict[str, object]:
    stated = document[bounds] if bounds else [None, None]
    days = stated["range"] if isinstance(stated, dict) else stated
    start, end = (datetime.fromisoformat(day).replace(tzinfo=UTC) if day else None for day in days)
    times = {"start_at": start, "end_at": end + timedelta(days=1) if end else None, "time_method": "interval"}
    return (
        told(
            "dam",
            number,
            title=document["title"],
            body=document["body_text"],
            outlet=None,
            source_id="folder",
        )
        | times
    )


@pytest.mark.parametrize("bounds", BOUNDS.values(), ids=BOUNDS.keys())
def test_a_follow_up_is_related_and_never_merged(shared: Path, place: Place, bounds: str | None) -> None:
    """Four articles are one story; the fifth, of the year after next, is its own and linked as a follow-up."""
    documents = gold_documents(shared / "articles")
    articles = [read(document, number, bounds) for number, document in enumerate(documents)]
    con = open_unstaged(empty_warehouse(place.folder))
    file_articles(con, articles)
    for number in (3, 1, 4, 0, 2):
        con.execute("begin")
        settle_stories(con, [str(articles[number]["article_id"])], now=SEEN, run_id=f"run-{number}")
        con.execute("commit")
    story = dict(con.execute("select article_id, story_id from story_members").fetchall())
    named = [story[article["article_id"]] for article in articles]
    assert len({named[0], named[1], named[2], named[4]}) == 1
    assert named[3] != named[0]
    links = con.execute("select story_id, related_story_id, kind from story_links").fetchall()
    assert links == [(named[0], named[3], "follow_up")]
    headline = con.execute("select headline from stories where story_id = ?", [named[0]]).fetchone()
    assert headline == (documents[2]["title"],)
    con.close()
