"""A run settles its stories in parts: these change no row, and the archive is looked through once for all of them."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest
from empty_warehouse import empty_warehouse, open_unstaged
from story_newsroom import SEEN, file_articles, on_day, told

from copydesk.flows.settle_stories import settle_stories
from copydesk.warehouse.place import Place
from copydesk.warehouse.profile import Profile

SETTLED = ("stories", "story_members", "story_keys", "story_links", "story_aliases", "story_events")
OF_THE_RUN = {"event_id", "run_id", "settled_at", "joined_at", "happened_at", "merged_at"}

APART = [told("ferry", number) | on_day(day) for number, day in enumerate((0, 60, 150))]
ARCHIVE = 2_000

MOVED = [
    *(told("ferry", number) | on_day(number / 2) for number in (1, 2)),
    told("dam", 0),
    *(told("mayor", number) | on_day(-300 * number) for number in range(3)),
]
"""Two join the first ferry, one after the other; the rest is new, near and far."""


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse in which what is apart is settled, and the rest filed."""
    place = empty_warehouse(tmp_path_factory.mktemp("archive"))
    with open_unstaged(place) as con:
        file_articles(con, APART)
        settle_stories(con, named(APART), now=SEEN, run_id="run-0")
        file_articles(con, MOVED)
    return place.folder


@pytest.fixture
def archive(template: Path, tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A copy of it, to be written."""
    with open_unstaged(Place(shutil.copytree(template, tmp_path / "w"))) as con:
        yield con


def named(articles: list[dict[str, object]]) -> list[str]:
    return [str(article["article_id"]) for article in articles]


def rows(con: duckdb.DuckDBPyConnection, table: str) -> list[tuple[object, ...]]:
    columns = [name for name in con.table(table).columns if name not in OF_THE_RUN]
    return con.execute(f"select {', '.join(columns)} from {table} order by all").fetchall()


def settled_in(
    con: duckdb.DuckDBPyConnection, part_articles: int, monkeypatch: pytest.MonkeyPatch
) -> dict[str, list[tuple[object, ...]]]:
    """Return what stands after settling in parts, and take it back."""
    monkeypatch.setattr("copydesk.flows.settle_stories.PART_ARTICLES", part_articles)
    con.execute("begin")
    settle_stories(con, named(MOVED), now=SEEN, run_id="run-1")
    tables = {table: rows(con, table) for table in SETTLED}
    con.execute("rollback")
    return tables


def damage_terms(file: Path) -> None:
    """Overwrite what a file of features holds of terms: it opens, and what a window fetches of it can't be read."""
    columns = pq.read_metadata(file).row_group(0)
    terms = next(
        columns.column(at)
        for at in range(columns.num_columns)
        if columns.column(at).path_in_schema.startswith("terms")
    )
    start = terms.dictionary_page_offset or terms.data_page_offset
    whole, size = file.read_bytes(), terms.total_compressed_size
    file.write_bytes(whole[:start] + b"\xff" * size + whole[start + size :])


def test_parts_change_no_row_and_what_breaks_off_between_them_is_not_in_the_way(
    archive: duckdb.DuckDBPyConnection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a later part finds is what an earlier one has settled: the same rows as all at once.

    A disk's fault in the midst of the parts is rolled back whole: the same connection settles as if it had not been.
    """
    whole = settled_in(archive, 1_000, monkeypatch)
    assert len(whole["story_aliases"]) == 2
    (file,) = tmp_path.rglob("story_features/*.parquet")
    kept = file.read_bytes()
    damage_terms(file)
    monkeypatch.setattr("copydesk.flows.settle_stories.PART_ARTICLES", 1)
    archive.execute("begin")
    with pytest.raises(OSError, match="page"):
        settle_stories(archive, named(MOVED), now=SEEN, run_id="run-1")
    archive.execute("rollback")
    file.write_bytes(kept)
    assert settled_in(archive, 1, monkeypatch) == whole


def add_archive(con: duckdb.DuckDBPyConnection) -> None:
    """Add stories of other articles, one member each."""
    for table, names in (
        ("articles", ("article_id",)),
        ("stories", ("story_id", "representative_article_id")),
        ("story_members", ("story_id", "article_id")),
        ("story_keys", ("story_id",)),
    ):
        others = ", ".join(f"md5({name} || number) as {name}" for name in names)
        con.execute(
            f"insert into {table} by name select * exclude (number) replace ({others})"
            f" from {table}, range({ARCHIVE}) as numbers(number)"
        )


def test_the_archive_is_looked_through_once(
    archive: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What all stories hold is read as good as once, for six parts as for one."""
    add_archive(archive)
    read = []
    for part_articles in (1_000, 1):
        monkeypatch.setattr("copydesk.flows.settle_stories.PART_ARTICLES", part_articles)
        archive.execute("begin")
        profile = Profile(archive, lambda: "stories")
        settle_stories(profile, named(MOVED), now=SEEN, run_id="run-1")  # type: ignore[arg-type]
        read.append(sum(cost.rows for cost in profile.costs().values()))
        archive.execute("rollback")
    assert read[0] > 3 * ARCHIVE
    assert read[1] < 1.2 * read[0]
