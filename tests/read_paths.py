"""Reads files as an ingest does."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from copydesk.flows.read.find_files import find_files
from copydesk.flows.read.raw_document import Arrival
from copydesk.flows.read.read_files import read_files

NOW = datetime(2026, 1, 2, tzinfo=UTC)
SIX = "a text of six words and more"


def read(path: Path) -> list[Arrival]:
    return list(read_files(find_files(path).files, source_id="s", now=NOW))


def write_rows(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path
