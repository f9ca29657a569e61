"""Tells whose exception it was that stopped a step, and where."""

import traceback
from dataclasses import dataclass
from types import FrameType

from copydesk.schemas.enums import CodeFault

OURS = "copydesk"


@dataclass(frozen=True, slots=True)
class Crash:
    """Whose fault an exception is, and its type, message and innermost frame of ours in words."""

    reason: CodeFault
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
    reason = CodeFault.INTERNAL_ERROR if is_ours else CodeFault.LIBRARY_ERROR
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
