"""Where a warehouse lives: the folder of its data and the catalog that says which files are true."""

import re
from dataclasses import dataclass
from pathlib import Path

from copydesk.warehouse.object_storage import AWS, ObjectStorage
from copydesk.warehouse.open_to_read import may_write


@dataclass(frozen=True, slots=True)
class Place:
    """A warehouse's address. Embedded by default: an SQLite catalog and Parquet files below one folder.

    `catalog` is empty for SQLite below `folder`, or a libpq connection string for PostgreSQL.
    `files` is empty for Parquet below `folder`, or another folder, or an s3:// prefix, reached through `storage`.
    """

    folder: Path
    catalog: str = ""
    files: str = ""
    storage: ObjectStorage = AWS

    @property
    def sqlite(self) -> Path:
        """The embedded catalog's file."""
        return self.folder / "catalog.sqlite"

    @property
    def staging(self) -> Path:
        """The folder that holds what a run has taken in and not yet committed."""
        return self.folder / "staging"

    @property
    def ledger(self) -> Path:
        """The file of all attempts to run."""
        return self.folder / "ledger.sqlite"

    @property
    def untold(self) -> Path:
        """The file of attempts that the server of a catalog could not be told of."""
        return self.folder / "untold.sqlite"

    @property
    def checksums(self) -> Path:
        """The file of the Parquet files' checksums."""
        return self.folder / "checksums.sqlite"

    @property
    def search_index(self) -> Path:
        """The file of the full-text index."""
        return self.folder / "search.sqlite"

    @property
    def erasing(self) -> Path:
        """The mark that what has left the tables has still to leave the disk."""
        return self.folder / "erasing"

    @property
    def erased(self) -> Path:
        """The file that names the last takedown of another machine that has left this folder."""
        return self.folder / "erased"

    @property
    def prefect_database(self) -> Path:
        """The database of Prefect's own server, where Prefect has one here."""
        return self.folder / "prefect" / "prefect.db"

    @property
    def data_path(self) -> str:
        """The folder or prefix of the Parquet files."""
        return self.files or str(self.folder.absolute() / "files")

    @property
    def address(self) -> str:
        """What DuckDB attaches."""
        return f"ducklake:postgres:{self.catalog}" if self.catalog else f"ducklake:sqlite:{self.sqlite}"

    @property
    def is_remote(self) -> bool:
        """Whether the Parquet files lie in object storage, not on a disk."""
        return "://" in self.files

    @property
    def is_created(self) -> bool:
        """Whether a warehouse stands here; a PostgreSQL catalog is taken on trust."""
        return bool(self.catalog) or (self.sqlite.is_file() and self.sqlite.stat().st_size > 0)

    @property
    def is_writable(self) -> bool:
        """Whether this user may write in the folder, and in an embedded catalog, and the disk has room."""
        return may_write(self.sqlite)


_HOST = r"(?:\[[^\]\s]*\]|[^:/?#@\[\]\s,]*)(?::\d*)?"
_URL = re.compile(rf"postgres(?:ql)?://(?:[^/?#@\s]*@)?{_HOST}(?:,{_HOST})*(?:/[^/?#@\s]*)?(?:\?[^\s#]*)?")
_WORD = re.compile(
    r"\s*(?P<name>\w+)\s*=\s*(?P<value>'(?:[^'\\]|\\.)*'|(?:[^\s'\\]|\\.)(?:[^\s\\]|\\.)*)?(?=\s|$)\s*"
)
_PORTS = re.compile(r"'[\d,]*'|[\d,]*")


def refuse_address(address: str) -> None:
    """Raise ValueError, which says how a catalog is written, for what is neither a URL nor words with values.

    libpq repeats what it cannot place, and in a password with a space or a slash that is a piece of the password. So no
    such address reaches it, and what is told of one repeats nothing of it.
    """
    if "://" in address.partition("=")[0]:
        if not _URL.fullmatch(address):
            raise ValueError(
                "wanted postgresql://USER:PASSWORD@HOST:PORT/DATABASE, where each / @ : ? # and space of a user,"
                " password or database is written %2F %40 %3A %3F %23 %20"
            )
    elif not _is_of_words(address):
        raise ValueError(
            "wanted host=HOST port=PORT user=USER dbname=DATABASE, a value with spaces in '...', and \\' for a ' in one"
        )


def _is_of_words(address: str) -> bool:
    words = list(_WORD.finditer(address))
    ports = [word["value"] or "" for word in words if word["name"] == "port"]
    return "".join(word.group() for word in words) == address and all(map(_PORTS.fullmatch, ports))
