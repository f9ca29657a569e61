"""Writes sources into a source list, behind what stands there."""

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from copydesk.flows.fetch.address import split_login
from copydesk.flows.sources.read_sources import read_sources
from copydesk.flows.sources.source import Source

WRITTEN = {
    "source_id": "id", "kind": "kind", "url": "url", "language": "language", "publisher": "publisher",
}  # fmt: skip


def add_sources(path: Path, sources: Sequence[Source], *, is_rehearsal: bool = False) -> list[Source]:
    """Append the sources whose address the list does not have; return them, under names that are free.

    What stands in the list is left as it is written. Makes the list where there is none.
    """
    listed = read_sources(path) if path.exists() else ()
    names, addresses = {source.source_id for source in listed}, {_same(source) for source in listed}
    added = []
    for source in sources:
        if _same(source) not in addresses:
            named = replace(source, source_id=_free(source.source_id, names))
            names.add(named.source_id)
            addresses.add(_same(named))
            added.append(named)
    if added and not is_rehearsal:
        path.parent.mkdir(parents=True, exist_ok=True)
        before = path.read_text("utf-8") if path.exists() else ""
        gap = "\n\n" if before.strip() else ""
        path.write_text(before.rstrip("\n") + gap + "\n".join(map(entry_of, added)), "utf-8")
    return added


def entry_of(source: Source) -> str:
    """Return a source as an entry of a list."""
    fields = ((key, getattr(source, name)) for name, key in WRITTEN.items())
    # A text of JSON is one of TOML, but for the one sign that TOML wants escaped.
    written = {key: json.dumps(str(value), ensure_ascii=False) for key, value in fields if value}
    lines = [f"{key} = {text}".replace("\x7f", "\\u007f") for key, text in written.items()]
    return "\n".join(["[[source]]", *lines, ""])


def _same(source: Source) -> str | None:
    """Return what two addresses of one feed have in common: not their scheme, login or last slash."""
    if source.url is None:
        return None
    with suppress(ValueError):
        return split_login(source.url)[0].partition("://")[2].rstrip("/")
    return source.url


def _free(name: str, taken: set[str]) -> str:
    number = 1
    free = name
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    return free
