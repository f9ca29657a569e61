"""Why a document is refused: for what it is, or for an exception, whose fault that is; and its staged row."""

import traceback
from dataclasses import dataclass
from datetime import date
from types import FrameType
from typing import Any

from copydesk.schemas.reasons import Reason

Row = dict[str, Any]
OURS = "copydesk"


def refuse(document: Row, step: str, reason: Reason, detail: str, published_on: date | None = None) -> Row:
    """Return the refusal of a row of arrivals, with its day of publication where that was read all the same."""
    return {
        "document_id": document["document_id"],
        "step": step,
        "source_id": document["source_id"],
        "origin": document["origin"],
        "line": document["line"],
        "reason": reason,
        "detail": detail[:500].encode("utf-8", "backslashreplace").decode(),  # messages quote any garbage
        "published_on": published_on,
        "quarantined_at": document["fetched_at"],
    }


@dataclass(frozen=True, slots=True)
class Crash:
    """Whose fault an exception is, and its type, message and innermost frame of ours in words."""

    reason: Reason
    detail: str


def explain_crash(error: BaseException) -> Crash:
    """Return what an exception tells: it is our own where the innermost frame is of this project.

    A compiled library without frames of its own passes for the frame of ours that called it: rather one
    report too many than a mistake of ours taken for a strange page.
    """
    frames = list(traceback.walk_tb(error.__traceback__))
    ours = [(frame, line) for frame, line in frames if _package(frame) == OURS]
    is_ours = bool(frames) and _package(frames[-1][0]) == OURS
    place = f" at {_place(*ours[-1])}" if ours else ""
    reason = Reason.INTERNAL_ERROR if is_ours else Reason.LIBRARY_ERROR
    return Crash(reason, f"{type(error).__name__}{place}: {error}")


def is_machine_fault(error: BaseException) -> bool:
    """Return whether an exception says that memory, disk, rights or files gave out: no document is to blame for that.

    Such an error of the system bears its number; a library that finds an input unreadable raises one without.
    """
    return isinstance(error, MemoryError) or (isinstance(error, OSError) and error.errno is not None)


def _package(frame: FrameType) -> str:
    return str(frame.f_globals.get("__name__", "")).partition(".")[0]


def _place(frame: FrameType, line: int) -> str:
    module = str(frame.f_globals["__name__"]).removeprefix("copydesk.")
    return f"{module.replace('.', '/')}.py:{line} {frame.f_code.co_name}"


class Unextractable(Exception):  # noqa: N818 - it names a state of the document, not a mistake of ours
    """Say that a payload is no article. Picklable, since it crosses the border of a worker process."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail

    def __str__(self) -> str:
        return f"{self.reason}: {self.detail}"
