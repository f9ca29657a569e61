"""A cluster refines what this machine would, also when it loses a worker: the tables are equal."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from forked import NOW
from logical_rows import facts_of
from long_text import TOO_FEW_SECONDS, long_text
from small_desk import write_desk

from copydesk.flows.ingest.plan import ingest
from copydesk.flows.settings import Settings
from copydesk.flows.workers.worker import WorkersError

distributed = pytest.importorskip("distributed", reason="needs the extra copydesk[cluster]")
pytestmark = pytest.mark.filterwarnings(
    "default"
)  # Dask's own, of sockets and loops that a lost worker leaves

SEEDS = Path(__file__).parents[2] / "seeds" / "articles"


@pytest.fixture(scope="module")
def cluster() -> Iterator[object]:
    """A scheduler and two workers on 127.0.0.1, each a process that its nanny starts anew when it dies."""
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address="127.0.0.1:0", host="127.0.0.1"
    ) as cluster:
        yield cluster


def test_tables_are_those_of_one_machine(
    tmp_path: Path, cluster: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One document a shard and one worker killed in between: equal tables, nothing refused."""
    monkeypatch.setattr("copydesk.flows.ingest.stage_source.SHARD_BYTES", 1)
    wide = Settings(warehouse=tmp_path / "wide", engine="dask", dask=cluster.scheduler_address)
    victims = [nanny.process.pid for nanny in list(cluster.workers.values())[:1]]

    def kill(step: str, _count: int) -> None:
        if step == "refine" and victims:
            os.kill(victims.pop(), signal.SIGKILL)

    desk, alone = write_desk(tmp_path / "desk"), Settings(warehouse=tmp_path / "alone", workers=1)
    summary = ingest([desk], settings=wide, now=NOW, progress=kill)
    assert not victims
    assert summary.quarantined_count == 0
    ingest([desk], settings=alone, now=NOW)
    assert facts_of(wide.place) == facts_of(alone.place)


def test_a_document_that_hangs_is_refused_alone(tmp_path: Path, cluster: object) -> None:
    """The limits of a document hold in the cluster: what takes too long is refused, and its neighbours are not."""
    folder = tmp_path / "desk"
    folder.mkdir()
    (folder / "long.txt").write_text(long_text())
    (folder / "plain.txt").write_text("Berth opened\n\n" + "The harbour board met on Tuesday. " * 30)
    settings = Settings(
        warehouse=tmp_path / "w",
        engine="dask",
        dask=cluster.scheduler_address,
        document_seconds=TOO_FEW_SECONDS,
    )
    summary = ingest([folder], settings=settings, now=NOW)
    assert (summary.new_count, summary.quarantined_count) == (1, 1)


def test_a_cluster_that_is_not_there_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An address at which nothing listens: the machine's fault, in one line."""
    monkeypatch.setattr("copydesk.flows.workers.dask_workers.PATIENCE_SECONDS", 0.2)
    settings = Settings(warehouse=tmp_path / "w", engine="dask", dask="tcp://127.0.0.1:9")
    with pytest.raises(WorkersError, match="COPYDESK_DASK"):
        ingest([SEEDS], settings=settings, now=NOW)
