"""What tests ask of a warehouse, and of what a run told."""

from datetime import datetime
from typing import Any

from copydesk.flows.ingest.summary import Summary
from copydesk.flows.settings import Settings
from copydesk.warehouse.check import check, read_checks
from copydesk.warehouse.connect import connect_reader
from copydesk.warehouse.schema_checks import schema_checks


def ask(settings: Settings, sql: str) -> list[tuple[Any, ...]]:
    """Return the rows of a query."""
    with connect_reader(settings.place) as con:
        return con.execute(sql).fetchall()


def snapshots(settings: Settings) -> int:
    """Return how many snapshots there are."""
    return int(ask(settings, "select count(*) from lake.snapshots()")[0][0])


def broken(settings: Settings, now: datetime) -> list[str]:
    """Return the laws of the tables and their files that do not hold; those that only warn are not asked."""
    with connect_reader(settings.place) as con:
        laws = {each.name for each in [*read_checks(), *schema_checks(con)] if each.severity == "error"}
        results = check(con, now=now, place=settings.place, only=laws)
    return [each.name for each in results if not each.is_passed and each.severity == "error"]


def counts(summary: Summary) -> tuple[int, ...]:
    """Return how many documents a run found new, revised, unchanged and to be refused."""
    return (summary.new_count, summary.revised_count, summary.unchanged_count, summary.quarantined_count)
