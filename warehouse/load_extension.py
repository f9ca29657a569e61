"""Loads DuckDB's extensions from their packages, so that nothing is downloaded at run time."""

from importlib.util import find_spec
from pathlib import Path

import duckdb

from copydesk.schemas.user_error import UserError

TEAM = frozenset({"postgres_scanner", "httpfs", "aws"})
"""What comes with the extra of that name: 90 MB that nobody else needs."""


def load_extension(con: duckdb.DuckDBPyConnection, name: str) -> None:
    """Load one extension: the packaged file of this DuckDB's version, else installed, else DuckDB's own.

    DuckDB verifies the signature of the file unless the connection allows unsigned ones. Raises duckdb.IOException
    where none of the three has it, or UserError for one of an extra.
    """
    packaged = _packaged_file(name)
    if packaged is not None:
        con.load_extension(str(packaged))
        return
    try:
        con.load_extension(name)
    except duckdb.Error:
        try:
            con.install_extension(name)
        except duckdb.Error as error:
            if name not in TEAM:
                raise
            raise UserError(f"DuckDB's extension {name} is missing: pip install 'copydesk[team]'") from error
        con.load_extension(name)


def is_packaged(name: str) -> bool:
    """Return whether an extension comes as a package, for this DuckDB's version."""
    return _packaged_file(name) is not None


def _packaged_file(name: str) -> Path | None:
    spec = find_spec(f"duckdb_extension_{name}")
    if spec is None or spec.origin is None:
        return None
    file = Path(spec.origin).parent / "extensions" / f"v{duckdb.__version__}" / f"{name}.duckdb_extension"
    return file if file.exists() else None
