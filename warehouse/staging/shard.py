"""A shard: some documents as they arrived, in a folder of their own, beside what was made of them.

`<staging>/<shard>/arrivals.parquet` holds the documents, those that were refused at reading last; `url_states` and
`robots_rules` what was learned of the network with them; `<shard>/<version>-<start>-<stop>/` what a version of
code, rules and thresholds made of the rows from start to stop. A folder gets its name once all its files are whole,
so a name is the mark that what it holds is done.
"""

import os
import re
import shutil
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from copydesk.schemas.staged import ARRIVALS, REFINED_TABLES, STAGED, STATE_TABLES
from copydesk.schemas.table import conform

SHARD_ROWS = 500
SHARD_BYTES = 4 * 2**20
"""A shard is what a worker refines at a time: so many documents, or so much payload, or one document that is larger.

A second or so of work, little to do again after a crash; a few times as much memory is what refining it takes.
"""

AT_READING = "reading"
"""The version of what reading alone says: it hangs on no rule."""

FROM_LAKE = "again"
"""How the name of a shard begins whose documents are in the lake: nobody misses it."""

UNFINISHED = ".unfinished"

NAMED = re.compile(rf"(new|{FROM_LAKE})-\d+-\d+")


@dataclass(frozen=True, slots=True)
class Part:
    """The documents of a shard from row `start` to row `stop`, for one version to refine."""

    shard: Path
    version: str
    start: int
    stop: int

    @property
    def num_rows(self) -> int:
        """How many documents they are."""
        return self.stop - self.start

    def slice(self, start: int, length: int) -> "Part":
        """Return some of them."""
        return Part(self.shard, self.version, self.start + start, self.start + start + length)

    def read(self) -> pa.Table:
        """Return them as rows of arrivals."""
        file = pq.ParquetFile(self.shard / "arrivals.parquet", page_checksum_verification=True)
        rows = file.read(use_threads=False)
        return conform(rows.slice(self.start, self.num_rows), ARRIVALS)

    def write(self, tables: Mapping[str, pa.Table]) -> None:
        """Write what was made of them: the refined tables, those with rows, and nothing that a killed worker left."""
        folder = self.shard / f"{self.version}-{self.start:06d}-{self.stop:06d}"
        shutil.rmtree(_unfinished(folder))
        write_folder(folder, {name: tables[name] for name in REFINED_TABLES})


@dataclass(frozen=True, slots=True)
class Shard:
    """A shard on disk; the number of its documents that are to be refined stands in its name."""

    folder: Path

    @property
    def documents_count(self) -> int:
        """Documents that are to be refined."""
        return int(self.folder.name.rpartition("-")[2])

    @property
    def unpacked_bytes(self) -> int:
        """How much its arrivals are when they are unpacked."""
        files = [pq.read_metadata(file) for file in self.files("arrivals")]
        return sum(each.row_group(at).total_byte_size for each in files for at in range(each.num_row_groups))

    @property
    def is_from_lake(self) -> bool:
        """Whether its documents were read from the lake."""
        return self.folder.name.startswith(FROM_LAKE)

    def files(self, table: str) -> list[str]:
        """Return the files of a staged table."""
        if table == "arrivals" or table in STATE_TABLES:
            return [str(file) for file in self.folder.glob(f"{table}.parquet")]
        made = sorted(self.folder.glob(f"*-*-*/{table}.parquet"))
        return [str(file) for file in made if file.parent.suffix != UNFINISHED]

    def unrefined(self, version: str) -> list[Part]:
        """Return the rows that a version has still to refine."""
        made = self.folder.glob(f"{version}-*-*")
        done = sorted(_rows_of(folder) for folder in made if folder.suffix != UNFINISHED)
        parts, at = [], 0
        for start, stop in [*done, (self.documents_count, self.documents_count)]:
            if at < start:
                parts.append(Part(self.folder, version, at, start))
            at = max(at, stop)
        return parts

    def keep_only(self, version: str) -> None:
        """Remove what other versions made, and what nobody finished."""
        for folder in self.folder.iterdir():
            if folder.is_dir() and folder.name.partition("-")[0] not in {version, AT_READING}:
                shutil.rmtree(folder)
        for folder in self.folder.glob(f"*{UNFINISHED}"):
            shutil.rmtree(folder)

    def remove(self) -> None:
        """Remove the shard; one that is half removed bears no name of a shard."""
        leaving = self.folder.with_name(f"{self.folder.name}{UNFINISHED}")
        self.folder.rename(leaving)
        shutil.rmtree(leaving)


def write_shard(
    staging: Path,
    *,
    arrivals: pa.Table,
    refusals: pa.Table | None = None,
    states: Mapping[str, pa.Table] | None = None,
    is_from_lake: bool = False,
) -> Shard:
    """Write a shard. `refusals` are of the last rows of `arrivals`: documents that reading has refused."""
    refused_count = refusals.num_rows if refusals is not None else 0
    origin = FROM_LAKE if is_from_lake else "new"
    folder = staging / f"{origin}-{time.time_ns():020d}-{arrivals.num_rows - refused_count}"
    unfinished = _unfinished(folder)
    if refusals is not None and refused_count:
        write_folder(unfinished / f"{AT_READING}-0-0", {"refusals": refusals})
    write_folder(folder, {"arrivals": arrivals, **(states or {})})
    return Shard(folder)


def list_shards(staging: Path) -> Iterator[Shard]:
    """Yield the shards of a staging folder, oldest first."""
    for folder in sorted(staging.glob("*")):
        if NAMED.fullmatch(folder.name):
            yield Shard(folder)


def write_folder(folder: Path, tables: Mapping[str, pa.Table]) -> None:
    """Write tables as files of a folder that appears when all of them are on disk; empty tables are left out."""
    unfinished = _unfinished(folder)
    for name, rows in tables.items():
        if rows.num_rows:
            file = unfinished / f"{name}.parquet"
            _write(conform(rows, STAGED[name]), file)
            sync(file)
    unfinished.rename(folder)
    sync(folder.parent)


def replace_file(file: Path, rows: pa.Table) -> None:
    """Put other rows in place of a file of a shard, at once."""
    half = file.with_suffix(".half")
    _write(conform(rows, STAGED[file.stem]), half)
    sync(half)
    half.replace(file)
    sync(file.parent)


def _write(rows: pa.Table, file: Path) -> None:
    """Write a file that is read whole, once: neither statistics nor a dictionary of payloads is of use.

    Its pages bear checksums: without them half of all flipped bits change a text in silence.
    """
    small = [name for name in rows.schema.names if name not in {"payload", "body"}]
    pq.write_table(
        rows,
        file,
        compression="zstd",
        use_dictionary=small,
        write_statistics=False,
        write_page_checksum=True,
    )


def _unfinished(folder: Path) -> Path:
    unfinished = folder.with_name(f"{folder.name}{UNFINISHED}")
    unfinished.mkdir(parents=True, exist_ok=True)
    return unfinished


def _rows_of(folder: Path) -> tuple[int, int]:
    _, start, stop = folder.name.split("-")
    return int(start), int(stop)


def sync(path: Path) -> None:
    """Have the disk hold a file or a folder."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
