"""Refines shards on a Dask cluster, behind the same door as on this machine and within the same limits there.

The documents of a shard travel to a worker and what was made of them comes back, so that a cluster needs no common
disk; the shard is written here, whole or not at all. A worker that is lost costs its shards another try.
"""

from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager
from functools import partial
from importlib.metadata import version
from multiprocessing.process import current_process
from typing import Any

import pyarrow as pa
from distributed import Client, KilledWorker, LocalCluster, WorkerPlugin
from distributed import Future as Sent

from copydesk.flows.workers.limits import Limits
from copydesk.flows.workers.map_batches import map_batches
from copydesk.flows.workers.open_workers import Workers, open_workers, usable_cpus
from copydesk.flows.workers.refine_task import failed_rows, init_worker, refine_rows
from copydesk.flows.workers.worker import Failure, WorkersError
from copydesk.schemas.reasons import Reason
from copydesk.schemas.user_error import UserError
from copydesk.transforms.rules.records import RuleSet
from copydesk.warehouse.staging.shard import Part

PLUGIN = "copydesk"

PATIENCE_SECONDS = 60
"""How long a run waits for the scheduler, and for a first worker."""

_pools: list[Workers] = []


class _Pool(WorkerPlugin):
    """The limited processes of a Dask worker: as many as it has threads, each prepared as on one machine."""

    name = PLUGIN

    def __init__(self, limits: Limits, rules: RuleSet | None, versions: dict[str, str]) -> None:
        self._limits, self._rules, self._versions = limits, rules, versions
        self._stack = ExitStack()

    def setup(self, worker: Any) -> None:
        if version("copydesk") != self._versions["copydesk"]:
            raise UserError(
                f"the Dask worker {worker.address} has copydesk {version('copydesk')}, not this one"
            )
        # Dask's nanny makes its worker a daemon, which Python lets have no children; ours die with it all the same.
        vars(current_process())["_config"]["daemon"] = False
        workers = open_workers(
            count=worker.state.nthreads,
            limits=self._limits,
            initializer=init_worker,
            arguments=(self._rules, self._versions),
        )
        _pools[:] = [self._stack.enter_context(workers)]

    def teardown(self, worker: Any) -> None:  # noqa: ARG002 - Dask gives it
        _pools.clear()
        self._stack.close()


def refine_on_worker(rows: pa.Table) -> dict[str, pa.Table]:
    """Refine documents in the processes of this Dask worker; what fails there is refused, document by document."""
    made = [
        failed_rows(batch, result) if isinstance(result, Failure) else result
        for batch, result in map_batches(refine_rows, [rows], workers=_pools[0])
    ]
    return {name: pa.concat_tables([tables[name] for tables in made]) for name in made[0]}


class DaskWorkers:
    """The workers of a cluster, as `map_batches` calls them."""

    def __init__(self, client: Client) -> None:
        self._client = client

    @property
    def count(self) -> int:
        """How many shards are refined at once; a cluster may grow and shrink."""
        return sum(self._client.nthreads().values()) or 1

    def submit(self, _function: object, part: Part, *, needs_new: bool = False) -> "Future[Failure | None]":  # noqa: ARG002
        """Refine a part of a shard and write what comes of it; a document that is to blame is found by the worker."""
        future: Future[Failure | None] = Future()
        sent = self._client.submit(refine_on_worker, part.read(), pure=False)
        sent.add_done_callback(partial(_settle, part, future))
        return future

    def rest(self) -> None:
        """Leave the workers alone: others may use them."""


def _settle(part: Part, future: "Future[Failure | None]", sent: Sent) -> None:
    try:
        part.write(sent.result())
    except KilledWorker as error:
        future.set_result(Failure(Reason.CRASHED, f"ended Dask workers ({error.args[0]})"))
    except BaseException as error:  # noqa: BLE001 - it is raised where the result is asked for
        future.set_exception(error)
    else:
        future.set_result(None)


@contextmanager
def open_dask(
    address: str, *, count: int, limits: Limits, rules: RuleSet | None, versions: dict[str, str]
) -> Iterator[DaskWorkers]:
    """Give the workers of the cluster at an address, or of one of our own on this machine.

    Raises WorkersError where the cluster does not answer or has no workers.
    """
    with ExitStack() as stack:
        try:
            cluster = address or stack.enter_context(
                LocalCluster(
                    n_workers=count or usable_cpus(), threads_per_worker=1, dashboard_address="127.0.0.1:0"
                )
            )
            client = stack.enter_context(Client(cluster, timeout=PATIENCE_SECONDS))
            client.wait_for_workers(1, timeout=PATIENCE_SECONDS)
        except (OSError, TimeoutError, ValueError) as error:
            raise WorkersError(f"the Dask cluster does not answer; see COPYDESK_DASK ({error})") from error
        client.register_plugin(_Pool(limits, rules, versions))
        stack.callback(client.unregister_worker_plugin, PLUGIN)
        yield DaskWorkers(client)
