"""Enters: a source list in TOML. Leaves: its sources, or one line for each thing that is wrong with it."""

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from copydesk.flows.fetch.address import parse_address, split_login
from copydesk.flows.fetch.errors import FetchError
from copydesk.flows.fetch.session import NAME, OUR_OWN
from copydesk.flows.read.fields import FIELDS, Wishes
from copydesk.flows.read_toml import read_toml
from copydesk.flows.sources.source import Source, is_schedule
from copydesk.schemas.enums import FETCHED_KINDS, FILE_KINDS, SourceKind
from copydesk.schemas.user_error import UserError
from copydesk.transforms.charsets.decode import charset_of
from copydesk.transforms.dates.publisher_zone import zone_named
from copydesk.transforms.redact import redact

_TEXTS = ("id", "kind", "url", "path", "language", "licence", "publisher", "timezone", "encoding", "cookies_file",
          "proxy", "schedule")  # fmt: skip
_FIELDS: dict[str, type] = {
    **dict.fromkeys(_TEXTS, str),
    **dict.fromkeys(("enabled", "pages"), bool),
    **dict.fromkeys(("recheck_after_hours", "recheck_for_days"), float),
    "max_pages": int,
}
_PARTS: dict[str, dict[str, type]] = {
    "politeness": {"delay_seconds": float, "requests_per_host": int},
    "retention": dict.fromkeys(("payload_days", "text_days"), float),
}
_TABLES = (*_PARTS, "headers", "fields", "keep")
_NAMES = {"id": "source_id", "enabled": "is_enabled", "pages": "fetches_pages"}
"""What a field of a source is called in the list, where that is another name."""
_SPOKEN = {str: "a text", bool: "true or false", int: "a number", float: "a number"}


def read_sources(path: Path) -> tuple[Source, ...]:
    """Read a source list. Relative paths in it are taken from the folder of the list."""
    if not path.exists():
        raise UserError(
            f"no source list at {path}: give files, folders or addresses to read, a list with --sources,"
            " or begin a folder of your own with `copydesk init`"
        )
    data = read_toml(path)
    tables = data.get("source", [])
    unknown = ", ".join(sorted(set(data) - {"source"}))
    faults = [f"{unknown}: only [[source]] tables are read"] if unknown else []
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise UserError(f"{path}: write each source as a [[source]] table")
    sources = [_source(table, position, path.parent, faults) for position, table in enumerate(tables, 1)]
    counts = Counter(source.source_id for source in sources)
    faults += [f"id {name!r} is given {count} times" for name, count in counts.items() if count > 1 and name]
    if faults:
        raise UserError(redact("\n".join(f"{path}: {fault}" for fault in faults)))
    return tuple(sources)


def _source(table: dict[str, Any], position: int, folder: Path, faults: list[str]) -> Source:
    label = f"source {table.get('id') or f'number {position}'!r}"
    values: dict[str, Any] = {"source_id": "", "kind": ""}
    _take({k: v for k, v in table.items() if k not in _TABLES}, _FIELDS, values, label, faults)
    values["headers"] = tuple(_texts(table.get("headers", {}), f"{label}, headers", faults).items())
    values["wishes"] = _wishes(table, label, faults)
    for name, fields in _PARTS.items():
        part = table.get(name, {})
        if isinstance(part, dict):
            _take(part, fields, values, f"{label}, {name}", faults)
        else:
            faults.append(f"{label}: {name} is a table")
    for name in ("path", "cookies_file"):
        if values.get(name):
            values[name] = str(folder / Path(values[name]).expanduser())
    if values.get("url"):
        with suppress(ValueError):  # what is no address is told below
            values["url"], values["login"] = split_login(values["url"])
    source = Source(**values)
    if source.encoding and (known := charset_of(source.encoding)):
        source = replace(source, encoding=known)
    faults += [f"{label}: {fault}" for fault in _faults_of(source)]
    return source


def _texts(table: object, label: str, faults: list[str]) -> dict[str, str]:
    """Return a table of texts; anything else is a fault."""
    if not isinstance(table, dict) or not all(isinstance(value, str) for value in table.values()):
        faults.append(f"{label}: is a table of texts")
        return {}
    return table


def _wishes(table: dict[str, Any], label: str, faults: list[str]) -> Wishes:
    """Read which column is which field, and which are kept."""
    fields = _texts(table.get("fields", {}), f"{label}, fields", faults)
    kept = table.get("keep", [])
    faults += [
        f"{label}, fields: {name!r} is not known; there are {', '.join(FIELDS)}"
        for name in fields
        if name not in FIELDS
    ]
    if not isinstance(kept, list) or not all(isinstance(name, str) for name in kept):
        faults.append(f"{label}: keep is {kept!r}, and should be a list of columns")
        kept = []
    return Wishes(tuple((name, (column,)) for name, column in fields.items()), tuple(kept))


def _take(
    table: dict[str, Any],
    fields: dict[str, type],
    values: dict[str, Any],
    label: str,
    faults: list[str],
) -> None:
    for key, value in table.items():
        kind = fields.get(key)
        if kind is None:
            faults.append(f"{label}: {key!r} is not known; there are {', '.join(fields)}")
        elif type(value) is not kind and (type(value), kind) != (int, float):
            faults.append(f"{label}: {key} is {value!r}, and should be {_SPOKEN[kind]}")
        else:
            values[_NAMES.get(key, key)] = value


MOST = 500_000
"""Pages, seconds, hours or days of a source: no calendar goes so many days back."""


def _faults_of(source: Source) -> list[str]:
    faults = [*_faults_of_place(source)]
    if not source.source_id or source.source_id != source.source_id.strip():
        faults.append("id is missing")
    elif not source.source_id.isprintable():
        faults.append("id holds what cannot be printed")
    if source.schedule is not None and not is_schedule(source.schedule):
        faults.append(f"schedule {source.schedule!r} is neither a span (15m, 2h, 1d) nor a cron line")
    if source.timezone is not None and zone_named(source.timezone) is None:
        faults.append(f"timezone {source.timezone!r} is no time zone, such as Europe/Berlin")
    if source.encoding is not None and charset_of(source.encoding) in {None, "replacement"}:
        faults.append(f"encoding {source.encoding!r} is no encoding of the web, such as windows-1251")
    faults += _faults_of_session(source)
    for name in (
        "delay_seconds",
        "requests_per_host",
        "recheck_after_hours",
        "max_pages",
        *_PARTS["retention"],
    ):
        value = getattr(source, name)
        if value is not None and (value < 0 or (value == 0 and name != "delay_seconds")):
            faults.append(f"{name} is {value!r}, and should be more than 0")
        elif value is not None and not value <= MOST:
            faults.append(f"{name} is {value!r}, and should be {MOST:,} or less")
    return faults


def _faults_of_session(source: Source) -> Iterator[str]:
    for name, _ in source.headers:
        if not NAME.fullmatch(name) or name.lower() in OUR_OWN:
            yield f"header {name!r} is not a source's to set"
    if source.headers and source.url is None:
        yield "headers go to the site of a url: give url, not path"
    if source.proxy is not None and not source.proxy.startswith(("http://", "${")):
        yield "proxy should be http://host:port, or ${NAME} of the environment"


def _faults_of_place(source: Source) -> Iterator[str]:
    if source.kind not in set(SourceKind):
        yield f"kind {source.kind!r} is not known; there are {', '.join(SourceKind)}"
    elif (source.url is None) == (source.path is None):
        yield "give either url or path"
    elif source.kind in FILE_KINDS and source.url is not None:
        yield f"kind {source.kind!r} reads from disk: give path, not url"
    elif source.kind in FETCHED_KINDS - {SourceKind.URLS} and source.path is not None:
        yield f"kind {source.kind!r} reads from the network: give url, not path"
    if source.url is not None:
        try:
            parse_address(source.url)
        except FetchError as error:
            yield f"url {error.detail}"
