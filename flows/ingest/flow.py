"""The main job as a Prefect flow: the same plan, its steps wrapped as tasks.

Import it after `prepare_prefect`. Tasks pass small values only; documents stay in the staging folder.
"""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows.ingest.plan import AnySource, Steps, take_in
from flows.ingest.request import Request, run_request
from flows.ingest.run import Progress, Run
from flows.ingest.settle import settle
from flows.ingest.summary import Summary
from flows.ingest.take_in import Taken, take_in_slice
from flows.settings import Settings
from flows.start_prefect_server import start_prefect_server
from flows.stopping import stopped_by

P = ParamSpec("P")
R = TypeVar("R")


def ingest_with_prefect(request: Request, *, settings: Settings, progress: Progress) -> Summary:
    """Do what was asked under Prefect and return what was done; errors are those of the plan."""
    found: list[Summary] = []
    start_prefect_server()
    for name in (
        "prefect.flow_runs",
        "prefect.task_runs",
    ):  # a run that is stopped says so once; Prefect's page tells more
        logging.getLogger(name).addFilter(lambda _: stopped_by() is None)

    @flow(name="ingest", validate_parameters=False)
    def ingest_once(paths: list[str], sources: list[str]) -> None:
        del paths, sources  # shown by Prefect; the request itself says them
        found.append(run_request(request, settings=settings, progress=progress, steps=_steps()))

    ingest_once([str(path) for path in request.paths], list(request.names))
    return found[0]


@flow(name="ingest")
def ingest_flow(paths: list[str], warehouse: str, sources: list[str], source_list: str) -> dict[str, Any]:
    """Ingest paths, or sources of the list, into a warehouse: what a deployment runs."""
    settings = Settings(warehouse=Path(warehouse), sources=Path(source_list))
    request = Request(tuple(Path(path) for path in paths), tuple(sources))
    return run_request(request, settings=settings, steps=_steps()).as_record()


def _steps() -> Steps:
    return Steps(take_in=_take_in_as_task, settle=_as_task(settle, "settle"))


def _take_in_as_task(run: Run, source: AnySource) -> Taken:
    """Take in a source as a task that may be tried again, and each slice of it as one within."""
    by_slice = _as_task(take_in_slice, f"slice of {source.source_id}")
    return _as_task(take_in, f"take in {source.source_id}", retries=2, retry_delay_seconds=5)(
        run, source, by_slice
    )


def _as_task(function: Callable[P, R], name: str, **options: Any) -> Callable[P, R]:
    """Wrap a step as a task without arguments: Prefect would walk through those of the step."""

    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        @task(name=name, cache_policy=NO_CACHE, **options)
        def step() -> R:
            return function(*args, **kwargs)

        return step()

    return call
