"""Settles site memory in a run: sights the new wordings, judges the lines they touch, cleans what hangs on them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import duckdb
import pyarrow as pa

from flows.parameters_version import parameters_version
from transforms.rules.records import RuleSet
from transforms.site_memory.judge_carriers import judge_carriers
from transforms.site_memory.judge_sightings import MOST_SAMPLED, SiteParams
from transforms.site_memory.settle_revision import settle_revision
from transforms.site_memory.sight_revision import SiteLine, sight_revision
from warehouse.site_memory.lines import read_lines, replace_lines
from warehouse.site_memory.sightings import (
    add_sightings,
    boilerplate_of,
    read_carriers,
    remove_sightings,
    revisions_with,
)
from warehouse.site_memory.texts import (
    forget_features,
    mark_same_wordings,
    read_revisions,
    read_spans,
    replace_texts,
    revisions_of_run,
    sites_of,
)

Row = dict[str, Any]

SLICE_REVISIONS = 2_000
DEFAULTS = SiteParams()


@dataclass(frozen=True, slots=True)
class SettledSites:
    """What a run did to site memory.

    `recleaned_article_ids`: those one of whose wordings changed its body. `notes` are for the ledger.
    """

    recleaned_article_ids: tuple[str, ...] = ()
    sighted_count: int = 0
    judged_count: int = 0
    notes: tuple[str, ...] = ()


def settle_site_memory(
    con: duckdb.DuckDBPyConnection,
    *,
    run_id: str,
    rules: RuleSet,
    touched: Iterable[int] = (),
    sight_anew: pa.Table | None = None,
    params: SiteParams = DEFAULTS,
) -> SettledSites:
    """Bring sightings, verdicts and bodies up to date with the revisions that this run wrote.

    `touched`: lines of revisions that are gone or written anew. `sight_anew` (revision_id, article_id, site): these
    revisions are sighted and cleaned again instead of those that the run wrote, which must be among them. The tables
    end up the same whether articles come all at once, in parts or in another order. Call it inside the run's
    transaction, after the revisions and before copies and stories.
    """
    fresh = revisions_of_run(con, run_id) if sight_anew is None else sight_anew
    forgotten = [] if sight_anew is None else remove_sightings(con, fresh["revision_id"].to_pylist())
    lines: dict[int, SiteLine] = {}
    for start in range(0, fresh.num_rows, SLICE_REVISIONS):
        lines |= _sight(con, fresh.slice(start, SLICE_REVISIONS), run_id, rules)
    flipped, judged = _judge(con, sorted({*lines, *touched, *forgotten}), lines, run_id, params)
    chosen = _affected(con, flipped, fresh) if sight_anew is None else fresh
    recleaned: dict[str, str] = {}
    for start in range(0, chosen.num_rows, SLICE_REVISIONS):
        recleaned |= _reclean(con, chosen.slice(start, SLICE_REVISIONS), run_id, rules)
    looked_at = sorted({*recleaned.values(), *fresh["article_id"].to_pylist()})
    if looked_at:
        mark_same_wordings(con, looked_at)
    older = recleaned.keys() - set(fresh["revision_id"].to_pylist())
    if older:
        forget_features(con, sorted({recleaned[each] for each in older}))
    notes = (_note(flipped, recleaned, older),) if flipped or recleaned else ()
    return SettledSites(tuple(sorted(set(recleaned.values()))), fresh.num_rows, judged, notes)


def _sight(
    con: duckdb.DuckDBPyConnection, chosen: pa.Table, run_id: str, rules: RuleSet
) -> dict[int, SiteLine]:
    """Write the sightings of some revisions; return the lines seen."""
    site_of = dict(zip(chosen["revision_id"].to_pylist(), chosen["site"].to_pylist(), strict=True))
    spans = read_spans(con, list(site_of))
    lines: dict[int, SiteLine] = {}
    rows: list[Row] = []
    for revision in read_revisions(con, chosen):
        name = revision["revision_id"]
        found, told = sight_revision(revision, spans[name], site=site_of[name], rules=rules)
        rows += [row | {"run_id": run_id} for row in found]
        lines |= told
    if rows:
        add_sightings(con, rows)
    return lines


def _judge(
    con: duckdb.DuckDBPyConnection,
    asked: list[int],
    lines: Mapping[int, SiteLine],
    run_id: str,
    params: SiteParams,
) -> tuple[list[int], int]:
    """Settle the verdicts on some lines; return those whose verdict turned, and how many lines were judged."""
    if not asked:
        return [], 0
    known = {row["line_hash"]: row for row in read_lines(con, asked)}
    told: dict[int, Row] = {}
    for carried in read_carriers(con, asked, sample=MOST_SAMPLED):
        name = carried["line_hash"]
        line = lines.get(name) or SiteLine(*(known[name][part] for part in ("site", "place", "line")))
        told[name] = judge_carriers(carried, line, params)
    signature = {"run_id": run_id, "parameters_version": parameters_version("sites", params)}
    changed = [
        row | signature
        for name, row in told.items()
        if name not in known or row | {part: known[name][part] for part in signature} != known[name]
    ]
    replace_lines(con, changed, [name for name in known if name not in told])
    return sorted(_boilerplate(known.values()) ^ _boilerplate(told.values())), len(told)


def _boilerplate(rows: Iterable[Row]) -> set[int]:
    return {row["line_hash"] for row in rows if row["verdict"] == "boilerplate"}


def _affected(con: duckdb.DuckDBPyConnection, flipped: list[int], fresh: pa.Table) -> pa.Table:
    """Return the revisions that carry a line whose verdict turned, and the new ones with a line that goes."""
    own = boilerplate_of(con, fresh["revision_id"].to_pylist())
    has_own = pa.array([bool(own[each]) for each in fresh["revision_id"].to_pylist()], pa.bool_())
    new = fresh.filter(has_own).select(["revision_id", "article_id"])
    older = revisions_with(con, flipped) if flipped else new.slice(0, 0)
    both = pa.concat_tables([new, older.cast(new.schema)])
    distinct = both.group_by(["revision_id", "article_id"], use_threads=False).aggregate([])
    return sites_of(con, distinct) if distinct.num_rows else distinct


def _reclean(con: duckdb.DuckDBPyConnection, chosen: pa.Table, run_id: str, rules: RuleSet) -> dict[str, str]:
    """Settle the bodies of some revisions; return those that changed with their articles."""
    site_of = dict(zip(chosen["revision_id"].to_pylist(), chosen["site"].to_pylist(), strict=True))
    spans, own = read_spans(con, list(site_of)), boilerplate_of(con, list(site_of))
    rows: list[Row] = []
    taken: list[Row] = []
    for revision in read_revisions(con, chosen):
        name = revision["revision_id"]
        settled = settle_revision(revision, spans[name], own[name], site=site_of[name], rules=rules)
        if settled is not None:
            rows.append(settled[0] | {"run_id": run_id})
            taken += [span | {"run_id": run_id} for span in settled[1]]
    if rows:
        replace_texts(con, rows, taken)
    return {row["revision_id"]: row["article_id"] for row in rows}


def _note(flipped: list[int], recleaned: Mapping[str, str], older: Iterable[str]) -> str:
    return (
        f"site memory: {len(flipped)} lines judged anew, {len(recleaned)} bodies settled,"
        f" {len(list(older))} of them of earlier runs"
    )
