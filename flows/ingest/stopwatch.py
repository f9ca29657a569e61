"""Measures how long each step of a run takes, and how much of its own processor time."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from copydesk.flows.log import log


@dataclass(frozen=True, slots=True)
class Stopwatch:
    """Seconds by step, on the wall and of this process; a step that comes several times adds up."""

    seconds: dict[str, float] = field(default_factory=dict)
    processor_seconds: dict[str, float] = field(default_factory=dict)
    _open: list[str] = field(default_factory=list)

    def step(self) -> str:
        """Return the step that runs."""
        return self._open[-1] if self._open else "around the steps"

    @contextmanager
    def __call__(self, step: str) -> Iterator[None]:
        """Time what is done inside."""
        start, spent = time.perf_counter(), time.process_time()
        self._open.append(step)
        try:
            yield
        finally:
            self._open.pop()
            passed, spent = time.perf_counter() - start, time.process_time() - spent
            for sums, seconds in ((self.seconds, passed), (self.processor_seconds, spent)):
                sums[step] = round(sums.get(step, 0.0) + seconds, 3)
            log("step", step=step, seconds=round(passed, 3), processor_seconds=round(spent, 3))
