"""Keeps Prefect to itself: its home below the warehouse, no telemetry, quiet, our log lines on its page.

Call it before Prefect's import.
"""

import os
from contextlib import closing
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

from copydesk.warehouse.place import Place

HEALTH_SECONDS = 10.0
"""How long a server at work may take to say that it is one."""


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
    if "PREFECT_API_URL" not in os.environ and is_prefect_here():
        os.environ["PREFECT_API_URL"] = f"{local_server()}/api"


def has_prefect_server() -> bool:
    """Return whether a Prefect server is configured, or one is running on this machine."""
    url = os.environ.get("PREFECT_API_URL")
    return bool(url and urlsplit(url).hostname) or is_prefect_here()


def local_server() -> str:
    """Return where a server of this machine listens: `prefect server start` and what asks it read the same setting."""
    return f"http://127.0.0.1:{os.environ.get('PREFECT_SERVER_API_PORT') or 4200}"


def is_prefect_here() -> bool:
    """Return whether a Prefect server runs on this machine; another program may listen on that port."""
    try:
        with closing(HTTPConnection(urlsplit(local_server()).netloc, timeout=HEALTH_SECONDS)) as connection:
            connection.request("GET", "/api/health")
            return connection.getresponse().read(16).strip() == b"true"
    except (OSError, HTTPException):
        return False
