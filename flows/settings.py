"""Where, when and how much: everything that differs between two installations, and nothing else."""

import json
import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
)

from copydesk.flows.environment import read_environment, warn_of_likes
from copydesk.flows.plain_fault import plain_fault
from copydesk.flows.read.fields import FIELDS
from copydesk.flows.read.format_of import FORMATS
from copydesk.flows.workers.limits import Limits
from copydesk.schemas.user_error import UserError
from copydesk.transforms.charsets.decode import charset_of
from copydesk.transforms.dates.publisher_zone import zone_named
from copydesk.warehouse.object_storage import ObjectStorage
from copydesk.warehouse.place import Place, refuse_address

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from copydesk.flows.fetch.fetch_settings import FetchSettings


def _json(given: Any) -> Any:
    """Take what an environment variable holds in JSON."""
    try:
        return json.loads(given) if isinstance(given, str) else given
    except json.JSONDecodeError as error:
        raise ValueError(f"no JSON: {error}") from None


def _listed(given: Any, sign: str) -> Any:
    """Take what an environment variable lists with a sign between; a JSON list as well."""
    if not isinstance(given, str) or given.startswith("["):
        return _json(given)
    return [word for each in given.split(sign) if (word := each.strip())]


def _fault(fault: "ErrorDetails", given: dict[str, Any]) -> str:
    """Say which setting it is, where it stands and what is allowed; what an environment holds may be a secret."""
    name = str(fault["loc"][0])
    variable = f"COPYDESK_{name.upper()}"
    is_set = variable in map(str.upper, os.environ)
    label = name if name in given else variable if is_set else f"{variable} (.env)"
    is_hidden = fault["type"] == "value_error" or name not in given or name == "s3_secret"
    value = "" if is_hidden else f" {str(fault['input'])!r}"
    return f"{label}{value}: {plain_fault(fault['msg'])}"


Words = Annotated[tuple[str, ...], BeforeValidator(partial(_listed, sign=","))]
Paths = Annotated[tuple[Path, ...], BeforeValidator(partial(_listed, sign=os.pathsep))]
Pairs = Annotated[dict[str, str], BeforeValidator(_json)]

BYTES = frozenset(map(chr, [0, *range(0xDC80, 0xDD00)]))
"""What stands in an environment for bytes that are no text, and the one that ends a name."""

MOST_GB, A_YEAR = 65_536, 31_536_000
"""Memory of the largest machine, and seconds that nobody waits: beyond these stands a slip, or an overflow."""


class Settings(BaseModel):
    """Settings from the environment (COPYDESK_...) or a file `.env`; what is given goes first.

    Raises UserError for one that is not there or cannot be; warns of a name in the environment that is nearly one.
    """

    model_config = ConfigDict(extra="ignore", frozen=True)

    warehouse: Path = Field(Path("warehouse/data"), description="Folder of the warehouse's data.")
    catalog: str = Field("", description="libpq connection string of a PostgreSQL catalog; empty: SQLite.")
    files: str = Field(
        "", description="Folder or s3:// prefix of the Parquet files; empty: below the warehouse folder."
    )
    s3_endpoint: str = Field("", description="Address of an S3-compatible store (http://...); empty: AWS.")
    s3_region: str = Field("", description="Its region.")
    s3_url_style: Literal["", "vhost", "path"] = Field(
        "", description="vhost or path; empty: path with an endpoint, vhost without."
    )
    s3_key: str = Field("", description="Its access key; empty: AWS's chain (environment, profile, role).")
    s3_secret: SecretStr = Field(SecretStr(""), description="The secret of that key.")
    rules: Paths = Field((), description="Own rule files or folders, besides those that come along.")
    sites: Paths = Field(
        (), description='Selectors for sites: TOML files of [site."example.com"], folders of ftr-site-config.'
    )
    thresholds: Path | None = Field(
        None,
        description="File of own thresholds, by tables such as [copies.look_up]; empty: those that come along.",
    )
    checks: Paths = Field((), description="Folders of own checks, besides those that come along.")
    sources: Path = Field(Path("seeds/sources.toml"), description="The source list.")
    encoding: str | None = Field(
        None, description="Encoding of files that are no UTF-8 and declare none; empty: detected."
    )
    timezone: str | None = Field(
        None,
        description="IANA zone of times that name none, of sources without one (Europe/Berlin); empty: not known.",
    )
    format: str | None = Field(
        None,
        description="Format of files and standard input whose name does not tell it; empty: by what they look like.",
    )
    fields: Pairs = Field(
        {},
        description='Columns of rows by field, as JSON ({"published_at": "pub"}), before those that are known.',
    )
    keep: Words = Field(
        (), description="Columns of rows to carry along into documents.extra, with commas between."
    )
    fetch: bool = Field(False, description="Ask for the pages of rows that are an address without a text.")
    follow_links: bool = Field(False, description="Follow links that lead out of the given folder.")
    contact: str = Field(
        "", description="Where site owners reach you, an address or a page; sent in the user agent."
    )
    allow_private_hosts: Words = Field(
        (),
        description="Hosts with non-public addresses that may be fetched, as host or host:port, with commas between.",
    )
    deadline_seconds: float = Field(
        30.0, gt=0, le=3_600, description="The most that one answer of a host may take."
    )
    tdm: Literal["honour", "record", "ignore"] = Field(
        "honour",
        description="Pages that reserve text and data mining: honour refuses, record notes, ignore takes them.",
    )
    engine: Literal["local", "dask"] = Field(
        "local", description="What refines documents: local processes, or a Dask cluster (copydesk[cluster])."
    )
    dask: str = Field(
        "", description="Address of its scheduler (tcp://...); empty: a cluster of our own on this machine."
    )
    workers: int = Field(0, ge=0, le=4_096, description="Worker processes; 0: one per usable processor.")
    document_seconds: float = Field(
        Limits().document_seconds,
        gt=0,
        le=3_600,
        description="Processor time of one document; ten times as much on the clock.",
    )
    worker_memory_gb: float = Field(
        Limits().memory_bytes / 2**30, ge=0.5, le=MOST_GB, description="Memory limit of one worker process."
    )
    database_memory: str = Field(
        "1GB",
        pattern=r"(?i)^[0-9]+(\.[0-9]+)? ?[KMGT]i?B$",
        description="Memory limit of DuckDB in a writing run.",
    )
    portion_documents: int = Field(
        20_000,
        ge=100,
        le=1_000_000_000,
        description="Documents that a run settles and commits at a time, each time for a second at least.",
    )
    wait_seconds: float | None = Field(
        None,
        ge=0,
        le=A_YEAR,
        description="How long a run waits for another one to end; empty: not at all, on PostgreSQL an hour.",
    )
    server_seconds: float = Field(
        60.0,
        ge=0,
        le=A_YEAR,
        description="How long a run waits for a server of the warehouse that does not answer.",
    )
    profile: bool = Field(False, description="Measure each statement of an ingest, and print what it cost.")
    snapshot_days: float = Field(
        7.0,
        ge=0,
        le=36_500,
        description="How long a maintained warehouse can be read as it was, beyond its last 100 writes day by day.",
    )
    quarantine_limit: float = Field(
        0.05,
        ge=0,
        le=1,
        description="A run that quarantines more than this share of the documents it read ends with code 1.",
    )
    log: Literal["", "text", "json"] = Field(
        "", description="A line a step on standard error: text or json; empty: none."
    )
    metrics_file: Path | None = Field(
        None, description="File that holds the metrics after each run, for a node exporter; empty: none."
    )

    def __init__(self, **given: Any) -> None:
        if strange := sorted(given.keys() - type(self).model_fields.keys()):
            raise UserError(f"no such setting: {', '.join(strange)}; docs/reference.md lists them")
        found = read_environment()
        warn_of_likes(found, [*type(self).model_fields])
        try:
            super().__init__(**(found | given))
        except ValidationError as error:
            raise UserError("; ".join(_fault(each, given) for each in error.errors())) from None

    @field_validator("*", mode="before")
    @classmethod
    def _set(cls, given: Any, info: ValidationInfo) -> Any:
        """Take what is empty as not set: a line `COPYDESK_X=` says no more than none. Refuse what is no text."""
        if isinstance(given, str) and not BYTES.isdisjoint(given):
            raise ValueError("no UTF-8")
        return cls.model_fields[str(info.field_name)].default if given == "" else given

    @field_validator("database_memory")
    @classmethod
    def _of_a_machine(cls, size: str) -> str:
        """Take a size with which a run of few texts ends (with 32MB none does), and that a machine may have."""
        number, unit = size.upper().rstrip("IB")[:-1], size.upper().rstrip("IB")[-1]
        if not 0.064 <= float(number) * 1_000.0 ** ("KMGT".index(unit) - 2) <= MOST_GB:
            raise ValueError(f"wanted a size from 64MB to {MOST_GB}GB")
        return size

    @field_validator("catalog")
    @classmethod
    def _address(cls, catalog: str) -> str:
        """Take what libpq takes as it was meant."""
        if catalog:
            refuse_address(catalog)
        return catalog

    @field_validator("encoding")
    @classmethod
    def _known(cls, label: str | None) -> str | None:
        """Take any label that browsers know."""
        if not label:
            return None
        name = charset_of(label)
        if name in {None, "replacement"}:
            raise ValueError(f"{label!r} is no encoding of the web, such as windows-1251, shift_jis, gb18030")
        return name

    @field_validator("format")
    @classmethod
    def _readable(cls, name: str | None) -> str | None:
        """Take the ending of a format that is read."""
        if name and f".{name.removeprefix('.').lower()}" not in FORMATS:
            wanted = ", ".join(each.removeprefix(".") for each in FORMATS)
            raise ValueError(f"{name!r} is no format that is read; there are {wanted}")
        return f".{name.removeprefix('.').lower()}" if name else None

    @field_validator("fields")
    @classmethod
    def _of_rows(cls, fields: dict[str, str]) -> dict[str, str]:
        """Take the names of fields alone."""
        if unknown := set(fields) - set(FIELDS):
            raise ValueError(f"{', '.join(sorted(unknown))}: no field; there are {', '.join(FIELDS)}")
        return fields

    @field_validator("timezone")
    @classmethod
    def _zoned(cls, name: str | None) -> str | None:
        """Take the name of a zone."""
        if name and zone_named(name) is None:
            raise ValueError(f"{name!r} is no time zone, such as Europe/Berlin, America/New_York, UTC")
        return name or None

    @property
    def place(self) -> Place:
        """The warehouse that these settings name."""
        storage = ObjectStorage(
            self.s3_endpoint,
            self.s3_region,
            self.s3_url_style,
            self.s3_key,
            self.s3_secret.get_secret_value(),
        )
        folder = Path(os.path.realpath(self.warehouse))  # `resolve` raises where links go round
        return Place(folder, self.catalog, self.files, storage)

    @property
    def fetch_settings(self) -> "FetchSettings":
        """Limits and manners of requests."""
        from copydesk.flows.fetch.fetch_settings import FetchSettings

        return FetchSettings(
            contact=" ".join(self.contact.split()),
            allow_private_hosts=frozenset(host.lower() for host in self.allow_private_hosts),
            deadline_seconds=self.deadline_seconds,
            tdm=self.tdm,
        )

    @property
    def limits(self) -> Limits:
        """The limits of a worker process."""
        return Limits(document_seconds=self.document_seconds, memory_bytes=int(self.worker_memory_gb * 2**30))
