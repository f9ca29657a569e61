"""Takes articles, addresses or a source down for good: out of the tables, off the disk, and never back.

The law: afterwards the tables are those of an ingest in which these documents never came, and no file below the
warehouse holds a sentence or an address of theirs.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import duckdb

from copydesk.flows.ingest.run import Progress, Run, finish_run, open_run, write_run
from copydesk.flows.refine_again import refine_again, write_again
from copydesk.flows.settings import Settings
from copydesk.flows.settle_changes import settle_changes
from copydesk.schemas.user_error import UserError
from copydesk.transforms.identify import has_path, other_names
from copydesk.transforms.normalise_url import normalise_url
from copydesk.warehouse.delete_articles import recount_runs
from copydesk.warehouse.lease import lease
from copydesk.warehouse.read_article import find_article_ids, read_copies
from copydesk.warehouse.staging.portions import choose_portion
from copydesk.warehouse.staging.store_new import lake_shards, remove_lake_shards
from copydesk.warehouse.takedown import choose
from copydesk.warehouse.takedown.choose import TakedownSubject
from copydesk.warehouse.takedown.erase import erase, mark_erasing
from copydesk.warehouse.takedown.scrub import scrub_database, scrub_ledger, scrub_notes
from copydesk.warehouse.takedown.write_tombstones import (
    TakedownRequest,
    remove_traces,
    write_tombstones,
)

ERASE_WAIT_SECONDS = 600.0
"""How long the disk waits for another run that slipped in; after that the next run erases."""


ADDRESS = re.compile(r"://|[^\W_]\.[^\W\d_]{2,}(:\d+)?/\S")
"""An address in a sentence, also without its scheme."""


@dataclass(frozen=True, slots=True)
class TakenDown:
    """What was taken down; `copies` are articles with the same text that stay (article_id, site, title)."""

    takedown_id: str
    articles_count: int
    documents_count: int
    copies: tuple[tuple[str, str, str], ...] = ()


Find = Callable[[duckdb.DuckDBPyConnection], TakedownSubject]


def forget(
    settings: Settings,
    wanted: str | None = None,
    *,
    source: str | None = None,
    reason: str,
    asked_by: str,
    now: datetime | None = None,
    progress: Progress = lambda _step, _count: None,
) -> TakenDown:
    """Take down an article, or what came by an address, or all of a source; return what went.

    `wanted` is an address or what `read_article` takes. Raises UserError for what is not there, and for a reason
    that names an address, which would stay on record; LeaseHeldError while another run writes.
    """
    if not reason.strip():
        raise UserError("say why: --reason is what stays on record")
    if ADDRESS.search(reason):
        raise UserError("the reason stays on record: say it without an address")
    subject = "source" if source else "address" if normalise_url(wanted or "") else "article"

    def find(con: duckdb.DuckDBPyConnection) -> TakedownSubject:
        return _find_source(con, source) if source else _find(con, wanted or "")

    asked = TakedownRequest(subject, reason, asked_by)
    return take_down(settings, find, asked, now=now or datetime.now(UTC), progress=progress)


def take_down(
    settings: Settings,
    find: Find,
    asked: TakedownRequest,
    *,
    now: datetime,
    progress: Progress,
    is_required: bool = True,
) -> TakenDown:
    """Take down what is found: the rows in one transaction, then the disk.

    Nothing is written where nothing is found that need not be there.
    """
    with open_run(settings, flow="forget", now=now, progress=progress) as run, run.lease.turn():
        named = find(run.con)
        if not (is_required or named.article_ids):
            finish_run(run, state="nothing_new", summary={})
            return TakenDown(run.run_id, 0, 0)
        copies = read_copies(run.con, named.article_ids)
        choose.choose_gone(run.con, named)
        choose.find_staged(run.con, run.staging, named)
        articles_count, documents_count = choose.count_gone(run.con)
        gone = TakenDown(run.run_id, articles_count, documents_count, copies)
        needles = choose.read_needles(run.con)
        _refine_rest(run)
        mark_erasing(run.place, run.run_id)
        scrub_ledger(run.place, needles)
        scrub_database(run.place.prefect_database, needles)
        with run.transaction():
            notes = _take(run, named, needles)
            write_tombstones(run.con, named, asked, run_id=run.run_id, now=now)
            told = f"taken down for good: {articles_count} articles, {documents_count} documents"
            write_run(run, notes=[told, *notes])
        remove_lake_shards(run.con, run.staging)
        counts = {"articles_count": articles_count, "documents_count": documents_count}
        finish_run(run, state="done", summary=counts)
    with lease(settings.place, wait_seconds=max(settings.wait_seconds or 0.0, ERASE_WAIT_SECONDS)):
        erase(settings.place)
    return gone


def _find(con: duckdb.DuckDBPyConnection, wanted: str) -> TakedownSubject:
    address = normalise_url(wanted)
    if address and not has_path(address):
        raise UserError(f"{wanted} is the home page of a site: name a page, or a source with --source")
    ids = find_article_ids(con, wanted, also=other_names(wanted), is_required=address is None)
    spelled = choose.find_spellings(con, address) if address else []
    return TakedownSubject(article_ids=tuple(sorted({*ids, *spelled})), address=address)


def _find_source(con: duckdb.DuckDBPyConnection, source: str) -> TakedownSubject:
    if not choose.has_source(con, source):
        raise UserError(f"no source {source!r} in this warehouse; `copydesk sources` lists them")
    return TakedownSubject(source=source)


def _refine_rest(run: Run) -> None:
    """Read the documents again that other sources have of articles that change."""
    refine_again(run, "retold")
    choose_portion(run.con, lake_shards(run.staging))
    for origin, why in choose.read_failures(run.con):
        raise RuntimeError(f"nothing was taken down: {origin} could not be read again ({why}); run it again")


def _take(run: Run, named: TakedownSubject, needles: list[str]) -> tuple[str, ...]:
    """Take the rows out, write anew what other sources have of them, and settle what hangs on both."""
    con = run.con
    rewritten, gone_lines = write_again(run)
    remove_traces(con, named)
    notes = settle_changes(run, rewritten=rewritten, gone_lines=gone_lines)
    scrub_notes(con, needles)
    recount_runs(con, "shaken_runs")
    return notes
