"""Prints what a run did."""

from rich.console import Console
from rich.table import Table

from flows.cli.plain import plain
from flows.ingest.summary import Summary
from flows.settings import Settings

QUERIES = (
    "select title, publisher, body_words from articles_latest",
    "select kind, sum(removed_chars) as chars from boilerplate_by_source group by kind order by chars desc",
    "select origin, reason, detail from quarantine",
)


def print_summary(summary: Summary, settings: Settings) -> None:
    """Print counts, boilerplate by kind, where the tables are, and what to ask them."""
    console = Console(highlight=False, soft_wrap=True)
    for note in summary.notes:
        console.print(f"note: {plain(note)}", style="yellow", markup=False)
    if summary.state == "nothing_new":
        console.print(
            f"Nothing is new: {summary.seen_count} documents read, all of them known. "
            f"The tables stay as they were, in {_shown(settings)}."
        )
        return
    console.print(_counts(summary))
    for reason, count in summary.quarantine_reasons.items():
        console.print(f"  quarantined: {count} x {reason}")
    if summary.removed_chars:
        console.print("\nBoilerplate taken out (characters):")
        kinds = [f"{kind} {chars:,}" for kind, chars in summary.removed_chars.items()]
        console.print("  " + ", ".join(kinds))
    if summary.skipped_files_count:
        console.print(f"\n{summary.skipped_files_count} files of other formats were passed over.")
    console.print(f"\nThe tables are in {_shown(settings)} (run {summary.run_id}). Try:")
    for query in QUERIES:
        console.print(f'  copydesk sql "{query}"')


def _counts(summary: Summary) -> Table:
    table = Table(box=None, pad_edge=False)
    for name in ("read", "new", "revised", "unchanged", "quarantined"):
        table.add_column(name, justify="right")
    unchanged = summary.known_count + summary.unchanged_count
    cells = (
        summary.seen_count,
        summary.new_count,
        summary.revised_count,
        unchanged,
        summary.quarantined_count,
    )
    table.add_row(*(f"{cell:,}" for cell in cells))
    return table


def _shown(settings: Settings) -> str:
    return str(settings.warehouse)
