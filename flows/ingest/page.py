"""Writes what Prefect's page tells of a run: its name, its tags, how far it is, and a summary that explains it.

Imported by the flow alone. Addresses and titles stay out of it: what is taken down would have to be looked for there.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import cast
from uuid import UUID

from prefect.artifacts import create_markdown_artifact, create_progress_artifact, update_progress_artifact
from prefect.client.orchestration import get_client
from prefect.context import FlowRunContext

from copydesk.flows.ingest.choose_sources import AnySource
from copydesk.flows.ingest.run import Run
from copydesk.flows.ingest.summary import Summary
from copydesk.warehouse.read_run import count_by_source

MOST_TAGS = 10
MOST_NAME_CHARS = 100


@dataclass(slots=True)
class Page:
    """The page of a flow run, kept as the run goes on. `limit`: the share of refused documents that fails it."""

    limit: float = 1.0
    parts: int = 1
    done: int = 0
    progress: UUID | None = field(default=None)

    def begin(self, run: Run, sources: Sequence[AnySource]) -> None:
        """Name the flow run as the ledger does, tag it with its sources, and begin to show how far it is."""
        names = [name for source in sources for name in source.names]
        self.parts = len(sources) + 1
        context = FlowRunContext.get()
        if context and context.flow_run:
            name = f"{run.run_id} {', '.join(names)}"
            shown = name if len(name) <= MOST_NAME_CHARS else f"{name[: MOST_NAME_CHARS - 1]}…"
            with get_client(sync_client=True) as client:
                client.update_flow_run(
                    context.flow_run.id,
                    name=shown,
                    tags={*context.flow_run.tags, "copydesk", *names[:MOST_TAGS]},
                )
        made = create_progress_artifact(
            0.0, key="copydesk-progress", description=f"Sources read and settled of run {run.run_id}."
        )
        self.progress = cast("UUID", made)  # outside of an event loop it is no coroutine

    def advance(self) -> None:
        """Say that another part is done."""
        self.done += 1
        if self.progress:
            update_progress_artifact(self.progress, min(100.0, 100.0 * self.done / self.parts))

    def end(self, run: Run, summary: Summary) -> None:
        """Leave the summary."""
        page = summary_page(summary, count_by_source(run.con, run.run_id), limit=self.limit)
        create_markdown_artifact(page, key="copydesk-run", description=f"What run {run.run_id} did.")


def summary_page(summary: Summary, by_source: Sequence[tuple[str, str, int]], *, limit: float) -> str:
    """Return a run in Markdown: why it failed, counts, counts by source, quarantine by reason, and what to ask next."""
    counts = {
        "read": summary.seen_count,
        "known before": summary.known_count,
        "tried again": summary.retried_count,
        "new": summary.new_count,
        "revised": summary.revised_count,
        "unchanged": summary.unchanged_count,
        "quarantined": summary.quarantined_count,
        "not readable": summary.unreadable_count,
    }
    parts = [
        f"# Run {summary.run_id}: {summary.state.replace('_', ' ')}",
        _table(("documents", "count"), [*counts.items()]),
    ]
    if failure := summary.failure(limit):
        parts.insert(1, f"**The run failed:** {failure}. What was accepted is in the tables.")
    if by_source:
        parts += ["## By source", _table(("source", "outcome", "documents"), by_source)]
    if summary.quarantine_reasons:
        reasons = [*summary.quarantine_reasons.items()]
        parts += [
            "## Quarantined, by reason",
            _table(("reason", "documents"), reasons),
            "Each with its place and what was found: `copydesk quarantine REASON`.",
        ]
    if summary.steps:
        parts += ["## Seconds by step", _table(("step", "seconds"), [*summary.steps.items()])]
    parts.append(f"Later: `copydesk runs`, `copydesk sql \"from runs where run_id = '{summary.run_id}'\"`.")
    return "\n\n".join(parts) + "\n"


def _table(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(_cell(cell) for cell in line)} |" for line in lines)


def _cell(value: object) -> str:
    return str(value).replace("|", "\\|").replace("\n", " ").replace("<", "&lt;")
