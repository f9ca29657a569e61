"""How the Parquet files in S3-compatible storage are reached: the endpoint, and by whose keys."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

import duckdb

from copydesk.schemas.user_error import UserError
from copydesk.warehouse.load_extension import load_extension
from copydesk.warehouse.quoted import quoted

NAME = "copydesk"
"""Under which DuckDB keeps them, in memory; nothing but the bucket's prefix is asked for with them."""

RETRIES = 6
"""At waits of .1 s, then 2 times as long each: a store that is busy (503) or hangs up has 6 s to recover."""


@dataclass(frozen=True, slots=True)
class ObjectStorage:
    """An endpoint with keys; without a key those of the environment, a profile or the machine's role (AWS's chain).

    `endpoint` is empty for AWS, or an address such as http://127.0.0.1:9000. `url_style` is vhost or path.
    """

    endpoint: str = ""
    region: str = ""
    url_style: str = ""
    key: str = field(default="", repr=False)
    secret: str = field(default="", repr=False)

    @property
    def extensions(self) -> tuple[str, ...]:
        """The extensions of DuckDB that it takes."""
        return ("httpfs",) if self.key else ("httpfs", "aws")

    def create_secret(self, prefix: str) -> str:
        """Return the statement by which DuckDB knows how to reach a prefix."""
        server = urlsplit(self.endpoint if "://" in self.endpoint else f"https://{self.endpoint}")
        given = {
            "key_id": self.key,
            "secret": self.secret,
            "provider": "" if self.key else "credential_chain",
            "endpoint": server.netloc + server.path.rstrip("/"),
            "region": self.region,
            "url_style": self.url_style or ("path" if self.endpoint else ""),
            "use_ssl": "" if server.scheme == "https" else "false",
            "scope": prefix,
        }
        options = ", ".join(f"{name} {quoted(value)}" for name, value in given.items() if value)
        return f"create or replace secret {NAME} (type s3, {options})"


REFUSALS = {"HTTP 404": "there is no such bucket", "HTTP 403": "the store refuses the keys"}
"""What a store says to who asks what is there."""

AWS = ObjectStorage()
"""Amazon's, with the keys of the environment."""


def open_storage(con: duckdb.DuckDBPyConnection, storage: ObjectStorage, prefix: str) -> None:
    """Let a connection reach a prefix. Raises UserError where no keys are found."""
    for extension in storage.extensions:
        load_extension(con, extension)
    con.execute(f"set http_retries = {RETRIES}")
    con.execute("set http_retry_backoff = 2")
    try:
        con.execute(storage.create_secret(prefix))
    except duckdb.Error as error:
        raise UserError(
            f"no keys for {prefix}: set COPYDESK_S3_KEY and COPYDESK_S3_SECRET, or those of AWS ({_first(error)})"
        ) from None


def try_storage(con: duckdb.DuckDBPyConnection, prefix: str) -> None:
    """Ask for a prefix once, before anything is written. Raises UserError where its bucket or the keys are wrong."""
    try:
        con.execute(f"select 1 from glob({quoted(prefix.rstrip('/') + '/*.parquet')}) limit 1").fetchall()
    except duckdb.HTTPException as error:
        if "HTTP 5" in str(error):
            raise  # it is busy or broken, and no setting is wrong
        cause = next((told for code, told in REFUSALS.items() if code in str(error)), "it cannot be read")
        raise UserError(
            f"{prefix}: {cause}; see COPYDESK_FILES and COPYDESK_S3_... ({_first(error)})"
        ) from None


def _first(error: duckdb.Error) -> str:
    return str(error).strip().splitlines()[0]
