"""copydesk replay: the stored documents again, with the rules of today."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

from copydesk.flows.cli.options import DryRun, OfSource, Warehouse, Workers, day_option, settings_with
from copydesk.flows.report.visible import visible

if TYPE_CHECKING:
    from collections.abc import Callable

    from copydesk.flows.replay import Replay

SHOWN_CHANGES = 10
SHOWN_CHARS = 160


def replay(
    warehouse: Warehouse = None,
    source: OfSource = None,
    since: Annotated[datetime | None, day_option("Only documents fetched since this day (UTC).")] = None,
    dry_run: DryRun = False,
    workers: Workers = None,
) -> int:
    """Extract and clean stored documents again, show what differs, and take it as one run.

    Ends with 1 when documents could not be refined for want of time or memory, or by a mistake of the code: they
    stay as they stand.
    """
    from copydesk.flows.cli.progress import shown_progress
    from copydesk.flows.replay import rehearse_replay
    from copydesk.flows.replay import replay as take_replay
    from copydesk.warehouse.connect import connect_any_form

    settings = settings_with(warehouse=warehouse, workers=workers)
    connect_any_form(settings.place).close()  # a replay would make an empty warehouse where there is none
    with shown_progress() as progress:
        work = rehearse_replay if dry_run else take_replay
        found = work(settings, source=source, since=since, progress=progress)
    _print(found)
    return int(bool(found.failures))


def _print(found: "Replay") -> None:
    from rich.console import Console

    console = Console(highlight=False, soft_wrap=True)

    def tell(text: str) -> None:
        console.print(visible(text), markup=False)

    _tell_failures(found, tell)
    if found.stale:
        tell(f"Settled by other thresholds before, and settled again as a whole: {', '.join(found.stale)}.")
    if not found.changes and found.stale:
        tell(f"{found.documents_count} documents read again; none reads otherwise.")
        tell(f"Taken as run {found.run_id}." if found.run_id else "Nothing was written (dry run).")
        return
    if not found.changes:
        tell(f"Nothing differs: {found.documents_count} documents read again. The tables stay as they were.")
        return
    _tell_changes(found, tell)
    for note in found.notes:
        tell(f"\n{note}")
    tell(f"\nTaken as run {found.run_id}." if found.run_id else "\nNothing was written (dry run).")


def _tell_changes(found: "Replay", tell: "Callable[[str], None]") -> None:
    """Say how many documents read otherwise, what the rules take out of them, and which bodies differ most."""
    bodies = [change for change in found.changes if change.body.gained or change.body.lost]
    gained = sum(change.body.gained_chars for change in bodies)
    lost = sum(change.body.lost_chars for change in bodies)
    tell(
        f"{found.documents_count} documents read again; {len(found.changes)} differ, {len(bodies)} in the body"
    )
    tell(f"bodies gain {gained:,} characters and lose {lost:,}")
    refused = sum(change.reason_now is not None and change.reason is None for change in found.changes)
    accepted = sum(change.reason is not None and change.reason_now is None for change in found.changes)
    tell(f"{refused} documents are quarantined now, {accepted} no more\n")
    tell("Characters that the rules take out of these documents, then and now:")
    for kind, before, today in found.kinds:
        tell(f"  {kind:18} {before:>9,} {today:>9,}  {today - before:+,}")
    tell("\nLargest changes:")
    for change in sorted(bodies, key=lambda each: -(each.body.gained_chars + each.body.lost_chars))[
        :SHOWN_CHANGES
    ]:
        reason = f" (quarantined: {change.reason_now})" if change.reason_now else ""
        tell(f"  {change.origin}{reason}")
        for sign, paragraphs in (("+", change.body.gained), ("-", change.body.lost)):
            for paragraph in paragraphs[:5]:
                tell(f"    {sign} {paragraph[:SHOWN_CHARS]}")


def _tell_failures(found: "Replay", tell: "Callable[[str], None]") -> None:
    """Say which documents stay as they stand because they could not be refined."""
    if not found.failures:
        return
    tell(f"{len(found.failures)} documents could not be refined and stay as they stand:")
    for failure in found.failures[:SHOWN_CHANGES]:
        tell(f"  {failure.origin}: {failure.reason} in {failure.step}: {failure.detail}")
    if len(found.failures) > SHOWN_CHANGES:
        tell(f"  and {len(found.failures) - SHOWN_CHANGES} more")
