"""Keeps Prefect to itself: its home below the warehouse, no telemetry, quiet, our log lines on its page.

Call it before Prefect's import.
"""

import os
import socket
from contextlib import closing
from urllib.parse import urlsplit

from copydesk.warehouse.place import Place

DEFAULT_PORT = 4200
"""Where `prefect server start` listens unless told otherwise."""


def prepare_prefect(place: Place) -> None:
    """Set the environment that Prefect reads when it is imported. What the user has set stays."""
    home = place.folder / "prefect"
    home.mkdir(parents=True, exist_ok=True)
    for name, value in {
        "PREFECT_HOME": str(home),
        "PREFECT_UI_STATIC_DIRECTORY": str(home / "ui"),  # else it is written among the installed modules
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
        "PREFECT_LOGGING_LEVEL": "WARNING",
        "PREFECT_LOGGING_EXTRA_LOGGERS": "copydesk",
    }.items():
        os.environ.setdefault(name, value)
    if "PREFECT_API_URL" not in os.environ and is_listening(DEFAULT_PORT):
        os.environ["PREFECT_API_URL"] = f"http://127.0.0.1:{DEFAULT_PORT}/api"


def has_prefect_server() -> bool:
    """Return whether a Prefect server is configured, or one is running on this machine."""
    url = os.environ.get("PREFECT_API_URL")
    return bool(url and urlsplit(url).hostname) or is_listening(DEFAULT_PORT)


def is_listening(port: int) -> bool:
    """Return whether something on this machine accepts connections on a port."""
    with closing(socket.socket()) as probe:
        probe.settimeout(0.2)
        return probe.connect_ex(("127.0.0.1", port)) == 0
