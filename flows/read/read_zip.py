"""Reads the files inside a .zip, each as if it lay in a folder of the archive's name."""

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from copydesk.flows.read.format_of import COMPRESSIONS, format_of
from copydesk.flows.read.open_file import READ_ERRORS, Opener, unpacked, why_unreadable
from copydesk.flows.read.raw_document import Arrival, origin_text
from copydesk.flows.read.read_row import Carrier
from copydesk.flows.read.unpack import Budget
from copydesk.schemas.reasons import Reason

MOST_MEMBERS = 100_000
ZIP_ERRORS = (*READ_ERRORS, zipfile.BadZipFile, RuntimeError, NotImplementedError, ValueError, zlib.error)
"""What zipfile raises of an archive that is damaged, encrypted or packed in a way that it does not know."""

Read = Callable[[Opener, str, Carrier], Iterator[Arrival]]


def read_zip(path: Path, carrier: Carrier, read: Read) -> Iterator[Arrival]:
    """Yield what the members of an archive hold; no name in it ever becomes a path on disk."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = sorted(archive.infolist(), key=lambda member: member.filename)
            if len(members) > MOST_MEMBERS:
                yield carrier.refuse(
                    None, Reason.TOO_LARGE, f"{len(members):,} files in it; {MOST_MEMBERS:,} are read"
                )
                return
            size = path.stat().st_size
            budget = Budget(lambda: size)
            for member in members:
                yield from _read_member(archive, member, carrier, read, budget)
    except ZIP_ERRORS as error:
        yield carrier.refuse(None, why_unreadable(error), f"reading stopped: {error or type(error).__name__}")


def _read_member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, carrier: Carrier, read: Read, budget: Budget
) -> Iterator[Arrival]:
    name = PurePosixPath(member.filename)
    form = format_of(Path(name.name))
    is_hidden = any(part.startswith((".", "__MACOSX")) for part in name.parts if part != "..")
    if member.is_dir() or is_hidden or form is None:
        carrier.notes.pass_over(name.name, is_dir=member.is_dir() or is_hidden)
        return
    inside = replace(carrier, origin=f"{carrier.origin}/{origin_text(str(name))}")
    if form == ".zip":
        yield inside.refuse(None, Reason.NESTED_ARCHIVE, "an archive inside an archive is not opened")
    elif member.flag_bits & 1:
        yield inside.refuse(None, Reason.ENCRYPTED, "the file is encrypted")
    else:
        try:
            yield from read(partial(_open_member, archive, member, budget), form, inside)
        except ZIP_ERRORS as error:
            yield inside.refuse(
                None, why_unreadable(error), f"reading stopped: {error or type(error).__name__}"
            )


@contextmanager
def _open_member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, budget: Budget
) -> Iterator[io.BufferedReader]:
    with archive.open(member) as packed:
        suffix = Path(member.filename).suffix.lower()
        yield unpacked(cast("BinaryIO", packed), suffix if suffix in COMPRESSIONS else "", budget)
