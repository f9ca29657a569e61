"""What settling reads of texts and terms is what stands near: an archive of more years costs no more."""

from pathlib import Path

import duckdb
import pytest
from empty_warehouse import empty_warehouse, open_unstaged
from story_newsroom import SEEN, file_articles, on_day, told

from copydesk.flows.settle_stories import settle_stories
from copydesk.warehouse.profile import Profile

YEARLY = 2_100
"""Articles of a year: more than a row group holds."""


def add_year(con: duckdb.DuckDBPyConnection, year: int) -> None:
    """Add articles of an earlier year, as the run of that year left them: the one known, under other names."""
    name = f"md5(article_id || '{year}-' || number)"
    earlier = ", ".join(f"{at} - interval {year} year as {at}" for at in ("start_at", "end_at", "seen_at"))
    for table, others in (
        ("articles", ""),
        ("revisions", f", {name} as revision_id"),
        ("story_features", f", {name} as revision_id, {earlier}"),
    ):
        con.execute(
            f"insert into {table} by name"
            f" select * exclude (number) replace ({name} as article_id{others}, 'archive' as run_id)"
            f" from {table}, range({YEARLY}) as numbers(number) where run_id <> 'archive'"
        )


@pytest.mark.parametrize("years", [1, 4])
def test_terms_and_texts_are_read_of_the_days_around(tmp_path: Path, years: int) -> None:
    """Row groups that are read for a new article are those of its own days, however many years the archive has."""
    con = open_unstaged(empty_warehouse(tmp_path))
    known, new = (told("ferry", number) | on_day(number) for number in (0, 1))
    file_articles(con, [known])
    settle_stories(con, [str(known["article_id"])], now=SEEN, run_id="run-0")
    for year in range(1, years + 1):
        add_year(con, year)
    file_articles(con, [new])
    profile = Profile(con, lambda: "stories")
    settle_stories(profile, [str(new["article_id"])], now=SEEN, run_id="run-1")  # type: ignore[arg-type]
    costs = profile.costs()
    joined = con.execute(
        "select count(*) from story_events where run_id = 'run-1' and kind = 'joined'"
    ).fetchone()
    con.close()
    read = {
        words.split(" with ")[0]: cost.rows
        for (_, words), cost in costs.items()
        if words.startswith("row groups")
    }
    assert joined == (1,)
    assert read == {"row groups of story_features": 1, "row groups of revisions": 1}
