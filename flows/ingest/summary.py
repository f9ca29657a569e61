"""What a run did, in numbers: for the person at the prompt, the ledger and the runs table."""

from dataclasses import asdict, dataclass, field
from typing import Any

from copydesk.warehouse.profile import Costs


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts of one run; `state` is done or nothing_new.

    `steps` maps a step to its seconds, `processor_seconds` to those of the main process.

    `waiting_count` and `final_count` are of the whole warehouse: documents that time or memory did not suffice
    for, and that are tried again (from `next_try_at` on) or given up. `unreadable_count`: files, folders and sources
    that could not be read now, whether or not they stand in quarantine already. `costs`: of each statement,
    where that was measured.
    """

    run_id: str
    state: str
    seen_count: int = 0
    known_count: int = 0
    retried_count: int = 0
    new_count: int = 0
    revised_count: int = 0
    unchanged_count: int = 0
    quarantined_count: int = 0
    unreadable_count: int = 0
    waiting_count: int = 0
    next_try_at: str | None = None
    final_count: int = 0
    skipped_files_count: int = 0
    removed_chars: dict[str, int] = field(default_factory=dict)
    quarantine_reasons: dict[str, int] = field(default_factory=dict)
    steps: dict[str, float] = field(default_factory=dict)
    processor_seconds: dict[str, float] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    costs: Costs = field(default_factory=dict)

    @property
    def documents_count(self) -> int:
        """Documents that were not known byte for byte."""
        return self.new_count + self.revised_count + self.unchanged_count + self.quarantined_count

    def failure(self, limit: float) -> str | None:
        """Return the sentence for a run that refused a larger share of what it read than the limit; else null."""
        refused = max(self.quarantined_count, self.unreadable_count)
        read = max(self.seen_count + self.retried_count, refused)
        if refused <= limit * read:
            return None
        return (
            f"{refused} of {read} documents were quarantined or could not be read, a larger share than"
            f" COPYDESK_QUARANTINE_LIMIT allows ({limit:g})"
        )

    def as_record(self) -> dict[str, Any]:
        """Return the summary as plain values, without the costs."""
        return {name: value for name, value in asdict(self).items() if name != "costs"}
