"""Writes a line a step to standard error, for people or as JSON, and to Prefect's page where a run is Prefect's."""

import json
import logging
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from copydesk.flows.report.visible import visible
from copydesk.transforms.redact import redact

LOGGER = logging.getLogger("copydesk")
"""The one logger; Prefect is told to take its lines (flows/prefect_home.py)."""

_fields: ContextVar[Mapping[str, object]] = ContextVar("log_fields", default=MappingProxyType({}))


class _Handler(logging.StreamHandler[Any]):
    """Writes to whatever standard error is now."""

    def __init__(self, *, is_json: bool) -> None:
        super().__init__(sys.stderr)
        self.is_json = is_json

    def format(self, record: logging.LogRecord) -> str:
        """Return a line: a JSON object with its fields, or its words."""
        told = {"time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")}
        fields = getattr(record, "fields", {})
        if self.is_json:
            return json.dumps(told | {"level": record.levelname.lower(), **fields}, ensure_ascii=False)
        return visible(f"{told['time']} {record.getMessage()}")

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record to the standard error of today."""
        self.stream = sys.stderr
        super().emit(record)


def set_up_log(form: str) -> None:
    """Have lines written to standard error: `text`, `json`, or none where the form is empty."""
    LOGGER.setLevel(logging.INFO)
    LOGGER.propagate = False
    for handler in [each for each in LOGGER.handlers if isinstance(each, _Handler)]:
        LOGGER.removeHandler(handler)
    if form:
        LOGGER.addHandler(_Handler(is_json=form == "json"))
    elif not LOGGER.handlers:
        LOGGER.addHandler(logging.NullHandler())


@contextmanager
def log_fields(**fields: object) -> Iterator[None]:
    """Have all lines inside bear some fields."""
    token = _fields.set({**_fields.get(), **fields})
    try:
        yield
    finally:
        _fields.reset(token)


def log(event: str, *, level: int = logging.INFO, **fields: object) -> None:
    """Write a line of an event with its fields; secrets in texts are hidden."""
    clean = {
        name: redact(value) if isinstance(value, str) else value
        for name, value in {**_fields.get(), **fields}.items()
        if value is not None
    }
    words = " ".join(f"{name}={value}" for name, value in clean.items())
    LOGGER.log(level, "%s %s", event, words, extra={"fields": {"event": event, **clean}})
