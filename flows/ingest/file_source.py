"""Files on disk as a source of a run."""

from collections import Counter
from collections.abc import Collection, Generator, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from copydesk.flows.ingest.run import Run
from copydesk.flows.read.fields import FieldNotes
from copydesk.flows.read.find_files import FoundFile
from copydesk.flows.read.raw_document import Arrival, RawDocument, Refused, origin_text
from copydesk.flows.read.read_files import is_address_alone, read_files
from copydesk.flows.sources.items import Item, SourceHealth
from copydesk.flows.sources.judge_health import Finding, report_run
from copydesk.flows.sources.memory import Memory
from copydesk.flows.sources.source import Source
from copydesk.schemas.reasons import Reason
from copydesk.warehouse.staging.shard import SHARD_ROWS


@dataclass(frozen=True, slots=True)
class FileSource:
    """Files on disk under one name, how many of other formats lie among them, and what to tell of them.

    `fault` is why a path of the list cannot be read: the source fails, and the others go on.
    """

    listed: Source
    path: Path
    files: tuple[FoundFile, ...]
    skipped_count: int = 0
    found_notes: tuple[str, ...] = ()
    read_notes: FieldNotes = field(default_factory=FieldNotes)
    passes_addresses: bool = False
    fault: str | None = None

    @property
    def notes(self) -> tuple[str, ...]:
        """What to tell: of the folder, and of the columns once they were read."""
        return self.found_notes + self.read_notes.lines()

    @property
    def source_id(self) -> str:
        """Name of the source."""
        return self.listed.source_id

    @property
    def names(self) -> list[str]:
        """The sources that it stands for."""
        return [self.source_id]

    @property
    def batch_size(self) -> int:
        """Items that are stored at a time: a whole shard, since reading them again costs little."""
        return SHARD_ROWS

    def without(self, names: Collection[str]) -> "FileSource | None":
        """Return what is left of it without some sources."""
        return None if self.source_id in names else self

    def items(self, run: Run) -> Generator[Item]:
        """Yield the documents of all files, from the beginning; of a path that cannot be read, that it failed."""
        yield from self.arrivals(run.now)
        if self.fault:
            health = Memory(run.con).health(self.source_id) or SourceHealth(self.source_id)
            finding = Finding(run.now, f"unreadable: {self.fault}", Counter(refused_count=1))
            yield report_run(health, finding, outcome="failed", started_at=run.now, is_backfill=False)

    def arrivals(self, now: datetime) -> Iterator[Arrival]:
        """Yield the same without a run."""
        listed = self.listed
        self.read_notes.clear()
        if self.fault:
            yield Refused(self.source_id, origin_text(listed.path or "."), Reason.UNREADABLE, self.fault, now)
        for arrival in read_files(
            self.files,
            source_id=self.source_id,
            now=now,
            encoding=listed.encoding,
            wishes=listed.wishes,
            notes=self.read_notes,
        ):
            if isinstance(arrival, RawDocument):
                yield replace(
                    arrival,
                    timezone=listed.timezone,
                    language=arrival.language or listed.language,
                    publisher=arrival.publisher or listed.publisher,
                    licence=arrival.licence or listed.licence,
                )
            elif not (self.passes_addresses and is_address_alone(arrival)):
                yield arrival
