"""Checks the tables of the settings' warehouse: what the command and the flow share."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from copydesk.flows.settings import Settings
from copydesk.warehouse.check import check
from copydesk.warehouse.connect import connect_reader
from copydesk.warehouse.run_check import CheckResult


def check_tables(
    settings: Settings, *, now: datetime, since_run: str | None = None, folders: Sequence[Path] = ()
) -> list[CheckResult]:
    """Return the outcome of every check, own ones of the settings and of `folders` included."""
    with connect_reader(settings.place) as con:
        own = [*settings.checks, *folders]
        return check(con, now=now, folders=own, since_run=since_run, place=settings.place)
