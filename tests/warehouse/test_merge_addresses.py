"""An old warehouse in which one address has many articles becomes what it would have been from the start."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from asked import broken
from make_spelled import NOW, ingest_rows
from small_desk import command
from unpack_form import unpack

from copydesk.flows.replay import replay
from copydesk.flows.settings import Settings
from copydesk.schemas.tables import TABLES
from copydesk.transforms.identify import other_names
from copydesk.warehouse.connect import connect_any_form, connect_reader
from copydesk.warehouse.ledger import list_attempts
from copydesk.warehouse.read_article import find_article_ids
from copydesk.warehouse.search.search import search
from copydesk.warehouse.search.update_index import update_index

PACKED = Path(__file__).parent / "forms" / "spelled.tar.xz"
SETTLED = {
    "documents": (),
    "articles": (),
    "revisions": ("run_id", "versions"),
    "boilerplate_spans": ("run_id",),
    "images": ("run_id",),
    "date_candidates": ("run_id",),
    "site_lines": ("run_id", "parameters_version"),
    "site_sightings": ("run_id",),
    "site_keys": ("run_id",),
    "sketches": ("run_id",),
    "duplicates": ("run_id", "decided_at", "parameters_version"),
    "duplicate_groups": ("run_id",),
    "story_features": ("run_id",),
}
"""What is compared, without the columns that tell of a run; runs have names by chance, so a row's own is told by its time."""


def state(settings: Settings) -> dict[str, list[Any]]:
    """What the tables hold."""
    found = {}
    with connect_reader(settings.place) as con:
        for name, without in SETTLED.items():
            columns = ", ".join(
                "(select started_at from runs where runs.run_id = told.run_id)"
                if column == "run_id"
                else column
                for column in TABLES[name].columns
                if column not in without
            )
            key = ", ".join(TABLES[name].key)
            found[name] = con.sql(f"select {columns} from {name} as told order by {key}").fetchall()
        query = (
            "select started_at, new_count, revised_count, unchanged_count from runs where documents_count > 0"
        )
        found["runs"] = con.sql(f"{query} order by 1").fetchall()
        query = "select list(article_id order by article_id) from story_members group by story_id order by 1"
        found["stories"] = con.sql(query).fetchall()
    return found


@pytest.fixture
def old(tmp_path: Path) -> Settings:
    place = unpack(PACKED, tmp_path / "old")
    with connect_any_form(place) as con:
        assert con.sql("select count(*) from articles").fetchall() == [(14,)], "one for each spelling"
    return Settings(warehouse=place.folder, workers=1)


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Any]]:
    folder = tmp_path_factory.mktemp("fresh")
    ingest_rows(folder / "warehouse", folder / "desk")
    return state(Settings(warehouse=folder / "warehouse", workers=1))


def articles_of(tables: dict[str, list[Any]]) -> list[tuple[str]]:
    """Return the ids of the articles."""
    at = [*TABLES["articles"].columns].index("article_id")
    return [(row[at],) for row in tables["articles"]]


def test_a_migrated_warehouse_is_what_a_fresh_one_would_be(
    old: Settings,
    fresh: dict[str, list[Any]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """`copydesk migrate` merges what one address has, and the tables hold what an ingest of the same documents makes of them.

    A dry run leaves all. After it nothing is left to settle, every check holds, and every id and address that an article
    had finds it.
    """
    with connect_any_form(old.place) as con:
        had = con.sql("select article_id, canonical_url, external_id from articles").fetchall()
    words = ("migrate", "--warehouse", old.place.folder)
    assert "one normal form" in command(monkeypatch, capsys, *words, "--dry-run")[1]
    with connect_any_form(old.place) as con:
        assert con.sql("select count(*) from articles").fetchall() == [(14,)]
    code, told, error = command(monkeypatch, capsys, *words)
    assert (code, error, "settled again" in told) == (0, "", True)
    replayed, migrated = list_attempts(old.place, limit=2)
    assert [(each.flow, each.state) for each in (replayed, migrated)] == [
        ("replay", "done"),
        ("migrate", "done"),
    ]
    assert str(migrated.finished_at) <= replayed.started_at
    assert "Nothing to migrate" in command(monkeypatch, capsys, *words)[1]
    with connect_reader(old.place) as con:
        assert con.sql("from articles_to_settle").fetchall() == []
        assert con.sql("select article_id from articles order by 1").fetchall() == articles_of(fresh)
    replay(old, now=NOW + timedelta(days=1))  # what it did not mark was cleaned by the rules of then
    found = state(old)
    for name, rows in fresh.items():
        assert found[name] == rows, name
    with connect_reader(old.place) as con:
        at = dict(con.sql("select external_id, article_id from documents").fetchall())
        update_index(con, old.place)
        hits = {hit.article_id for hit in search(old.place, "Tallow", limit=50)}
        assert hits == {row[0] for row in con.sql("select article_id from articles").fetchall()}
    assert broken(old, NOW + timedelta(days=1)) == []
    assert replay(old, now=NOW + timedelta(days=2)).changes == ()
    named = [
        *(row[0] for row in had),
        "HTTPS://www.Courier.example:443/a/1#top",
        "https://www.courier.example/a/1?fbclid=9",
    ]
    with connect_reader(old.place) as con:
        for asked in named:
            wanted = {row[0]: at[row[2]] for row in had}.get(asked, at["0"])
            assert find_article_ids(con, asked, also=other_names(asked)) == [wanted]
