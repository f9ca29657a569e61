"""The tables of a warehouse as sorted logical rows, without what differs between two runs of one input."""

from copydesk.schemas.tables import TABLES
from copydesk.warehouse.connect import connect_reader
from copydesk.warehouse.place import Place

MOMENTARY = {
    "run_id",
    "finished_at",
    "steps",
    "joined_at",
    "settled_at",
    "decided_at",
    "event_id",
    "happened_at",
}
SETTLED = (
    "documents", "articles", "revisions", "boilerplate_spans", "date_candidates", "site_lines", "site_sightings",
    "site_keys", "sketches", "duplicates", "duplicate_groups", "story_features",
)  # fmt: skip
STATE_ONLY = {"runs", "check_results", "schema_migrations"}


def tables_of(place: Place, *without: str) -> dict[str, list[str]]:
    """Return the rows of each table as text, without some columns; one that has no file is not asked for them."""
    found: dict[str, list[str]] = {name: [] for name in TABLES if name not in STATE_ONLY}
    momentary = MOMENTARY.union(without)
    with connect_reader(place) as con:
        con.execute("begin")
        held = con.execute(
            "select table_name from ducklake_table_info('lake') where file_count > 0"
        ).fetchall()
        for name in found.keys() & {name for (name,) in held}:
            rows = con.execute(f"from {name}").to_arrow_table().to_pylist()
            found[name] = sorted(
                str([value for key, value in row.items() if key not in momentary]) for row in rows
            )
    return found


def settled_of(place: Place, *without: str) -> dict[str, list[str]]:
    """Return the rows that hang on documents, whatever run made them, without some columns."""
    found = tables_of(place, *without)
    return {name: found[name] for name in SETTLED}


def facts_of(place: Place) -> dict[str, list[str]]:
    """Return the rows that no order or partition of arrivals changes, and stories by their members.

    Ids of stories and the history of groups say what came first.
    """
    kept = {
        name: rows
        for name, rows in tables_of(place).items()
        if not name.startswith(("stor", "duplicate_group_events", "source_runs"))
    }
    with connect_reader(place) as con:
        members = con.execute(
            "select list(article_id order by article_id) from story_members group by story_id"
        ).fetchall()
    return kept | {"members": sorted(str(row) for (row,) in members)}
