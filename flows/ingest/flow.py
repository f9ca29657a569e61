"""The main job as a Prefect flow: the same plan, its steps wrapped as tasks.

Import it after `prepare_prefect`. Tasks pass small values only; documents stay in the staging folder.
"""

import logging
import os
import signal
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread
from typing import Any, ParamSpec, TypeVar

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.server.api.server import SubprocessASGIServer
from prefect.states import Failed

from copydesk.flows.cli.judge_error import judge_error
from copydesk.flows.ingest.choose_sources import AnySource
from copydesk.flows.ingest.commit_portions import commit_portions
from copydesk.flows.ingest.page import Page
from copydesk.flows.ingest.plan import Steps, ingest
from copydesk.flows.ingest.run import Run
from copydesk.flows.ingest.stage_source import Taken, stage_source
from copydesk.flows.ingest.summary import Summary
from copydesk.flows.log import log
from copydesk.flows.maintain import maintain_warehouse
from copydesk.flows.settings import Settings
from copydesk.flows.sources.due import find_due
from copydesk.flows.stopping import stopped_by
from copydesk.transforms.redact import redact

WAIT_SECONDS = 3_600.0
"""How long what is on a clock waits for another run to end."""

Record = dict[str, Any]
P = ParamSpec("P")
R = TypeVar("R")


def ingest_with_prefect(paths: Sequence[Path | str], *, source: Sequence[str], **options: Any) -> Summary:
    """Ingest under Prefect, with the options of `ingest`, and return what was done; errors are those of the plan."""
    found: list[Summary | Exception] = []
    start_prefect_server()
    for name in (
        "prefect.flow_runs",
        "prefect.task_runs",
    ):  # a run that is stopped says so once; Prefect's page tells more
        logging.getLogger(name).addFilter(lambda _: stopped_by() is None)

    @flow(name="ingest", validate_parameters=False)
    def ingest_once(paths: list[str], sources: list[str]) -> Record | State[Record]:
        end, state = _ingest(paths, source=sources, **options)
        found.append(end)
        return state

    state = ingest_once([str(path) for path in paths], list(source), return_state=True)
    if not found:
        state.result()  # raises
    [end] = found
    if isinstance(end, Exception):
        raise end
    return end


@flow(name="ingest")
def ingest_flow(
    paths: list[str], warehouse: str, sources: list[str], source_list: str
) -> Record | State[Record]:
    """Ingest paths, or sources of the list, into a warehouse: what a deployment runs."""
    settings = Settings(warehouse=Path(warehouse), sources=Path(source_list))
    return _ingest(paths, settings=settings, source=sources)[1]


@flow(name="ingest-due")
def ingest_due_flow(warehouse: str, source_list: str) -> Record | State[Record]:
    """Ingest the sources of the list that are due by their schedules; an empty record where none is."""
    settings = Settings(warehouse=Path(warehouse), sources=Path(source_list), wait_seconds=WAIT_SECONDS)
    due = find_due(settings, now=datetime.now(UTC)).names
    return _ingest(settings=settings, source=due)[1] if due else {}


@flow(name="maintain")
def maintain_flow(warehouse: str, source_list: str) -> list[str]:
    """Maintain a warehouse; return what was done, in sentences."""
    settings = Settings(warehouse=Path(warehouse), sources=Path(source_list), wait_seconds=WAIT_SECONDS)
    return [*maintain_warehouse(settings).notes]


def _ingest(
    paths: Sequence[Path | str] = (), *, settings: Settings, **options: Any
) -> tuple[Summary | Exception, Record | State[Record]]:
    """Ingest; return how it ended, and what a flow returns: its record, or the failure that the command would tell."""
    try:
        summary = ingest(paths, settings=settings, steps=_steps(settings), **options)
    except Exception as error:
        verdict = judge_error(error)
        if verdict.details:
            raise  # a bug, whose traceback belongs on the page
        return error, _failed(verdict.line)
    failure = summary.failure(settings.quarantine_limit)
    return summary, _failed(f"{failure}; see the artifact copydesk-run") if failure else summary.as_record()


def _failed(cause: str) -> State[Record]:
    """Say why among the log's lines, where people look first, and return the state that says it too."""
    log("run failed", level=logging.ERROR, cause=cause)
    return Failed(message=redact(cause))


def _steps(settings: Settings) -> Steps:
    page = Page(settings.quarantine_limit)

    def stage_and_tell(run: Run, source: AnySource) -> Taken:
        """Stage a source as a task that may be tried again."""
        name = f"take in {source.source_id}"
        taken = _as_task(stage_source, name, retries=2, retry_delay_seconds=5)(run, source)
        page.advance()
        return taken

    def settle_and_tell(run: Run, **options: Any) -> Summary:
        summary = _as_task(commit_portions, "settle")(run, **options)
        page.advance()
        return summary

    return Steps(stage_and_tell, settle_and_tell, page.begin, page.end)


def _as_task(function: Callable[P, R], name: str, **options: Any) -> Callable[P, R]:
    """Wrap a step as a task without arguments: Prefect would walk through those of the step."""

    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        @task(name=name, cache_policy=NO_CACHE, **options)
        def step() -> R:
            return function(*args, **kwargs)

        return step()

    return call


def start_prefect_server() -> None:
    """Start the server that Prefect would start by itself, where none is configured.

    A terminal interrupts every process of a command. Without its server a run that ends asks for it for a minute,
    and complains at length.
    """
    if os.environ.get("PREFECT_API_URL"):
        return
    starter = Thread(target=_start, daemon=True)
    starter.start()
    starter.join()


def _start() -> None:
    # The mask is this thread's and its child's. The command ends the server with SIGTERM, which is let through.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGHUP})
    SubprocessASGIServer().start()
