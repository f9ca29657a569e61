"""Reads what an interrupted run has left in the staging folder, and takes out what cannot be read."""

import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from copydesk.schemas.conform import conform
from copydesk.schemas.staged import STAGED, STATE_TABLES
from copydesk.warehouse.set_aside import set_aside
from copydesk.warehouse.staging.shard import AT_READING, Shard, list_shards, replace_file

LOSS = "what it had taken in is read again"


def mend_staging(staging: Path) -> tuple[str, ...]:
    """Set damaged shards aside, and bring those of an earlier version to the columns of today; tell of each.

    What was refined is refined anew where it is damaged. What says of documents that they are in does not outlive
    them: with a shard, the states of the network in all others go.
    """
    notes = []
    for shard in list_shards(staging) if staging.is_dir() else ():
        damage = _damage(shard)
        if damage:
            aside = set_aside(shard.folder)
            notes.append(f"{shard.folder.name} was damaged ({damage}) and is now {aside.name}: {LOSS}")
    if notes:
        for shard in list_shards(staging):
            for table in STATE_TABLES:
                (shard.folder / f"{table}.parquet").unlink(missing_ok=True)
    return tuple(notes)


def _damage(shard: Shard) -> str | None:
    """Return what is wrong with what a shard received; remove what was made of it and cannot be read."""
    if shard.documents_count and not shard.files("arrivals"):
        return "its documents are gone"
    for file in sorted(shard.folder.rglob("*.parquet")):
        is_received = file.parent == shard.folder or file.parent.name.startswith(AT_READING)
        try:
            _bring_up_to_date(file, is_received=is_received)
        except (OSError, ValueError, pa.ArrowException) as error:
            if isinstance(error, OSError) and error.errno is not None:
                raise  # the system's word, not the file's
            if is_received:
                return f"{file.name}: {str(error).splitlines()[0]}"
            shutil.rmtree(file.parent)
            return _damage(shard)
    return None


def _bring_up_to_date(file: Path, *, is_received: bool) -> None:
    """Read a file whole; give what was received the columns of today. Raises what tells that it is no use."""
    rows = pq.ParquetFile(file, page_checksum_verification=True).read()
    table = STAGED[file.stem]
    if is_received and rows.schema.names != list(table.columns):
        known = [name for name in table.columns if name in rows.schema.names]
        replace_file(file, conform(rows.select(known), table))
