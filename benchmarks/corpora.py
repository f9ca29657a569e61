"""Where the shared corpora lie, and what several benchmarks ask of their rows."""

import hashlib
import os
import re
import sys
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def shared(name: str) -> Path:
    """Return where a file or folder of COPYDESK_SHARED (default ../shared) lies; end with code 2 where it is absent."""
    path = Path(os.environ.get("COPYDESK_SHARED", ROOT.parent / "shared"), name)
    if not path.exists():
        print(f"no {path}: set COPYDESK_SHARED to where the shared corpora lie", file=sys.stderr)
        raise SystemExit(2)
    return path


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
