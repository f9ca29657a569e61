"""Waits for the servers of a warehouse: one that is started anew answers within a minute, and costs no run."""

import logging
import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime

import duckdb

from copydesk.flows.log import log, set_up_log
from copydesk.flows.metrics import write_metrics
from copydesk.flows.settings import Settings
from copydesk.transforms.redact import redact
from copydesk.warehouse.ask_servers import ask_servers, is_passing
from copydesk.warehouse.ledger import Attempt, keep_attempt
from copydesk.warehouse.place import Place


def await_servers(
    settings: Settings, *, flow: str, progress: Callable[[str, int], None] = lambda _step, _count: None
) -> tuple[str, ...]:
    """Return once all servers answer, with a sentence where they had to be waited for.

    Raises what the server or the net says after `server_seconds`, and at once what no waiting mends; the attempt is
    in the ledger then, as one that failed.
    """
    place = settings.place
    if not (place.catalog or place.is_remote):
        return ()
    set_up_log(settings.log)
    began, now = time.monotonic(), datetime.now(UTC)
    try:
        tries = _ask(place, settings.server_seconds, progress)
    except Exception as error:
        told = f"waited {time.monotonic() - began:.0f} s for it"
        if is_passing(error):
            error.add_note(told)
        _write_down(settings, flow, now, redact(f"{type(error).__name__}: {error}; {told}"))
        raise
    waited = time.monotonic() - began
    return () if tries == 1 else (f"a server answered at the try number {tries}, after {waited:.0f} s",)


def _ask(place: Place, seconds: float, progress: Callable[[str, int], None]) -> int:
    """Ask until all answer; return how often they were asked."""
    import stamina
    import stamina.instrumentation

    stamina.instrumentation.set_on_retry_hooks([])  # its own lines would stand beside ours
    for attempt in stamina.retry_context(
        on=is_passing, attempts=None, timeout=max(seconds, 1e-3), wait_initial=0.5, wait_max=10.0
    ):
        if attempt.num > 1:
            progress("server", 0)
            log("a server does not answer", level=logging.WARNING, tries=attempt.num - 1)
        with attempt:
            ask_servers(place)
    return attempt.num


def _write_down(settings: Settings, flow: str, began: datetime, cause: str) -> None:
    """Write down that an attempt failed before it could begin."""
    run_id = f"{began:%Y%m%dT%H%M%SZ}-{secrets.token_hex(3)}"
    log("run failed", level=logging.ERROR, run_id=run_id, flow=flow, cause=cause)
    ended = datetime.now(UTC).isoformat()
    keep_attempt(settings.place, Attempt(run_id, flow, began.isoformat(), ended, "failed", {"error": cause}))
    with suppress(OSError, duckdb.Error):
        write_metrics(settings)
