"""Prints what a run did."""

from datetime import UTC, datetime

import typer

from copydesk.flows.cli.hint import hint
from copydesk.flows.ingest.summary import Summary
from copydesk.flows.report.visible import visible
from copydesk.flows.settings import Settings

SHOWN_STATEMENTS, STATEMENT_CHARS = 40, 100
"""Of what `--profile` prints."""

QUERIES = (
    "select title, publisher, body_words from articles_latest",
    "select kind, sum(removed_chars) as chars from boilerplate_by_source group by kind order by chars desc",
    "select origin, reason, detail from documents_in_quarantine",
)


def print_summary(summary: Summary, settings: Settings) -> None:
    """Print counts, boilerplate by kind, where the tables are, and what to ask them."""
    _print_costs(summary)
    for note in summary.notes:
        typer.secho(f"note: {visible(note)}", fg="yellow")
    if summary.state == "nothing_new":
        is_whole = summary.seen_count and not (
            summary.waiting_count or summary.final_count or summary.unreadable_count
        )
        typer.echo(
            f"Nothing is new: {summary.seen_count} documents read{', all of them known' if is_whole else ''}. "
            f"The tables stay as they were, in {settings.files or settings.warehouse}."
        )
        _print_waiting(summary)
        return
    _print_counts(summary)
    for reason, count in summary.quarantine_reasons.items():
        typer.echo(f"  quarantined: {count} x {reason}")
    _print_waiting(summary)
    if summary.removed_chars:
        typer.echo("\nBoilerplate taken out (characters):")
        kinds = [f"{kind} {chars:,}" for kind, chars in summary.removed_chars.items()]
        typer.echo("  " + ", ".join(kinds))
    typer.echo(f"\nThe tables are in {settings.files or settings.warehouse} (run {summary.run_id}). Try:")
    for query in QUERIES:
        typer.echo(f"  {hint('sql', query)}")


def _print_costs(summary: Summary) -> None:
    """Print each step's processor seconds, and what its statements took and read, the dearest of all first."""
    if not summary.costs:
        return
    steps = dict.fromkeys([*summary.processor_seconds, *(step for step, _ in summary.costs)])
    for step in steps:
        own = [cost for (name, _), cost in summary.costs.items() if name == step]
        whole = f"{summary.processor_seconds[step]:.2f}" if step in summary.processor_seconds else "-"
        typer.echo(
            f"{step:16} {whole:>7} s, of them {sum(cost.seconds for cost in own):.2f} in"
            f" {sum(cost.calls for cost in own)} statements, which read {sum(cost.rows for cost in own):,} rows",
            err=True,
        )
    typer.echo("\nProcessor seconds, calls, rows read, step, statement:", err=True)
    for (step, statement), cost in sorted(summary.costs.items(), key=lambda item: -item[1].seconds)[
        :SHOWN_STATEMENTS
    ]:
        typer.echo(
            f"{cost.seconds:7.3f} {cost.calls:4} {cost.rows:10,} {step:12} {statement[:STATEMENT_CHARS]}",
            err=True,
        )


def _print_waiting(summary: Summary) -> None:
    """Say how many documents time or memory did not suffice for, and what becomes of them."""
    if summary.waiting_count and summary.next_try_at:
        when = datetime.fromisoformat(summary.next_try_at)
        moment = f" after {when:%H:%M} UTC" if when > datetime.now(UTC) else ""
        typer.echo(f"Documents waiting for another try, by the next run{moment}: {summary.waiting_count:,}.")
    if summary.final_count:
        typer.echo(f"Documents given up after three tries: {summary.final_count:,}.")
    if summary.waiting_count or summary.final_count:
        typer.echo(f"`{hint('quarantine')}` lists them; with --retry it tries them now.")


def _print_counts(summary: Summary) -> None:
    names = ("read", "tried again", "new", "revised", "unchanged", "quarantined")
    unchanged = summary.known_count + summary.unchanged_count
    cells = (
        summary.seen_count,
        summary.retried_count,
        summary.new_count,
        summary.revised_count,
        unchanged,
        summary.quarantined_count,
    )
    counts = zip(names, cells, strict=True)
    shown = [(name, f"{cell:,}") for name, cell in counts if cell or name != "tried again"]
    for line in zip(*shown, strict=True):
        typer.echo("  ".join(word.rjust(max(map(len, both))) for word, both in zip(line, shown, strict=True)))
