"""Shows a run at work: a bar on a terminal, nothing where the output is a file."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from copydesk.flows.ingest.run import Progress as Report

LABELS = {
    "read": "reading",
    "refine": "cleaning",
    "turn": "waiting for others",
    "server": "waiting for a server",
    "revise": "settling wordings",
    "site memory": "settling lines of sites",
    "copies": "settling copies",
    "stories": "settling stories",
    "intervals": "settling dates",
}


@contextmanager
def shown_progress() -> Iterator["Report"]:
    """Give the function that a run reports to."""
    if not sys.stderr.isatty():
        yield lambda _step, _count: None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        SpinnerColumn,
        TextColumn,
        TimeElapsedColumn,
    )

    bar = Progress(
        SpinnerColumn(),
        TextColumn("{task.description:24}"),
        BarColumn(bar_width=20),
        MofNCompleteColumn(),
        TextColumn("documents"),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    with bar:
        whole = bar.add_task("starting", total=None)
        seen = 0

        def report(step: str, count: int) -> None:
            nonlocal seen
            if step == "read":
                seen += count
                bar.update(whole, total=seen)
            elif step == "refine":
                bar.update(whole, advance=count, description=LABELS[step])
            else:
                bar.update(whole, description=LABELS.get(step, step))

        yield report
