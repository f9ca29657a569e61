"""Where the shared corpora lie (COPYDESK_SHARED, default ../shared), and what several benchmarks ask of their rows."""

import hashlib
import os
import re
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("COPYDESK_SHARED", ROOT.parent / "shared"))
CORPORA = SHARED / "corpora"


def half_of(host: str) -> int:
    """Return the half of a host: 0 to learn from, 1 to validate on."""
    return int(hashlib.sha256(host.encode()).hexdigest(), 16) % 2


def side_of(site: str) -> str:
    """Return the half of a site of pages: a to learn from, b to validate on."""
    return "ab"[int(hashlib.md5(site.encode(), usedforsecurity=False).hexdigest(), 16) % 2]


def host_of(url: str | None) -> str:
    """Return the host of an address as the labels have it."""
    return re.sub(r"^www\d?\.", "", url.split("/")[2]) if url and "//" in url else ""


def squash(text: str) -> str:
    """Leave out all white space."""
    return re.sub(r"\s+", "", text)


def as_date(text: str | None) -> date | None:
    """Return the day that a text begins with, null for none."""
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None
