"""Settles site memory in a run: sights the lines that articles share, judges them, cleans what hangs on them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from copydesk.flows.thresholds_version import thresholds_version
from copydesk.transforms.copies.sketch import word_hashes
from copydesk.transforms.rules.records import RuleSet
from copydesk.transforms.site_memory.judge_sightings import (
    MOST_SAMPLED,
    SiteLine,
    SiteThresholds,
    judge_carriers,
)
from copydesk.warehouse.site_memory.keys import hold_known_keys, read_turned, write_keys
from copydesk.warehouse.site_memory.sightings import (
    NO_LINES,
    GoneLines,
    boilerplate_of,
    read_carriers,
    read_lines,
    remove_lines,
    remove_sightings,
    replace_lines,
    revisions_with,
)
from copydesk.warehouse.site_memory.texts import (
    SIGHTED,
    mark_same_wordings,
    read_revisions,
    read_spans,
    replace_texts,
    sites_of,
)
from copydesk.warehouse.write_table import replace_rows

Row = dict[str, Any]

SLICE_REVISIONS = 2_000
DEFAULTS = SiteThresholds()


@dataclass(frozen=True, slots=True)
class SettledSites:
    """What a run did to site memory.

    `recleaned_article_ids`: those one of whose wordings changed its body. `notes` are for the ledger.
    """

    recleaned_article_ids: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def settle_site_memory(
    con: duckdb.DuckDBPyConnection,
    *,
    run_id: str,
    rules: Callable[[], RuleSet],
    gone_lines: GoneLines = NO_LINES,
    sight_anew: pa.Table | None = None,
    thresholds: SiteThresholds = DEFAULTS,
) -> SettledSites:
    """Bring keys, sightings, verdicts and bodies up to date with the revisions that the portion opened.

    `gone_lines`: what revisions that are gone or written anew have left. `sight_anew` (revision_id, article_id, site):
    these revisions are sighted and cleaned again, those that the portion opened among them. `rules` are asked for where
    a text is looked at. The tables end up the same whether articles come all at once, in parts or in another order.
    Call it inside the run's transaction, after the revisions and before copies and stories.
    """
    fresh, touched = write_keys(con, run_id=run_id), set(gone_lines.lines)
    if sight_anew is not None:
        fresh, names = sight_anew, sight_anew["revision_id"].to_pylist()
        touched |= set(remove_sightings(con, names))
        hold_known_keys(con, names)
    turned = read_turned(con, gone_lines.keys)
    lines: dict[int, SiteLine] = {}
    for start in range(0, turned.num_rows, SLICE_REVISIONS):
        lines |= _sight(con, turned.slice(start, SLICE_REVISIONS), run_id, rules())
    flipped = _judge(con, sorted({*lines, *touched}), lines, run_id, thresholds)
    chosen = _affected(con, flipped, turned) if sight_anew is None else fresh
    recleaned: dict[str, str] = {}
    for start in range(0, chosen.num_rows, SLICE_REVISIONS):
        recleaned |= _reclean(con, chosen.slice(start, SLICE_REVISIONS), run_id, rules())
    looked_at = sorted({*recleaned.values(), *fresh["article_id"].to_pylist()})
    if looked_at:
        mark_same_wordings(con, looked_at)
    older = recleaned.keys() - set(fresh["revision_id"].to_pylist())
    notes = (_note(flipped, recleaned, older),) if flipped or recleaned else ()
    return SettledSites(tuple(sorted(set(recleaned.values()))), notes)


def _sight(
    con: duckdb.DuckDBPyConnection, turned: pa.Table, run_id: str, rules: RuleSet
) -> dict[int, SiteLine]:
    """Write sightings of lines that are shared now, remove those of lines that no more are; return all these lines."""
    from copydesk.transforms.site_memory.settle_revision import sight_revision

    rows = {row["revision_id"]: row for row in turned.to_pylist()}
    spans = read_spans(con, list(rows))
    lines: dict[int, SiteLine] = {}
    gained: list[Row] = []
    lost: list[Row] = []
    for revision in read_revisions(con, turned, SIGHTED):
        name = revision["revision_id"]
        for key, found in (("gained", gained), ("lost", lost)):
            keys, site = set(rows[name][key]), rows[name]["site"]
            seen, told = sight_revision(revision, spans[name], site=site, rules=rules, keys=keys)
            found += [row | {"run_id": run_id} for row in seen]
            lines |= told
    replace_rows(con, "site_sightings", gained)
    remove_lines(con, lost)
    return lines


def _judge(
    con: duckdb.DuckDBPyConnection,
    asked: list[int],
    lines: Mapping[int, SiteLine],
    run_id: str,
    thresholds: SiteThresholds,
) -> list[int]:
    """Settle the verdicts on some lines; return those whose verdict turned."""
    if not asked:
        return []
    known = {row["line_hash"]: row for row in read_lines(con, asked)}
    told: dict[int, Row] = {}
    for carried in read_carriers(con, asked, sample=MOST_SAMPLED):
        name = carried["line_hash"]
        line = lines.get(name) or SiteLine(*(known[name][part] for part in ("site", "place", "line")))
        told[name] = judge_carriers(carried, line, thresholds)
    signature = {"run_id": run_id, "parameters_version": thresholds_version("sites", thresholds)}
    changed = [
        row | signature
        for name, row in told.items()
        if name not in known or row | {part: known[name][part] for part in signature} != known[name]
    ]
    replace_lines(con, changed, [name for name in known if name not in told])
    return sorted(_boilerplate(known.values()) ^ _boilerplate(told.values()))


def _boilerplate(rows: Iterable[Row]) -> set[int]:
    return {row["line_hash"] for row in rows if row["verdict"] == "boilerplate"}


def _affected(con: duckdb.DuckDBPyConnection, flipped: list[int], turned: pa.Table) -> pa.Table:
    """Return revisions with a line whose verdict turned, and those just looked at with a line to go, or one less."""
    names = turned["revision_id"].to_pylist()
    own = boilerplate_of(con, names)
    has_own = [bool(own[each]) for each in names]
    lost = pc.greater(pc.list_value_length(turned["lost"]), 0)
    seen = turned.filter(pc.or_(pa.array(has_own, pa.bool_()), lost)).select(["revision_id", "article_id"])
    both = pa.concat_tables([seen, revisions_with(con, flipped).cast(seen.schema)] if flipped else [seen])
    distinct = both.group_by(["revision_id", "article_id"], use_threads=False).aggregate([])
    return sites_of(con, distinct) if distinct.num_rows else distinct


def _reclean(con: duckdb.DuckDBPyConnection, chosen: pa.Table, run_id: str, rules: RuleSet) -> dict[str, str]:
    """Settle the bodies of some revisions; return those that changed with their articles."""
    from copydesk.transforms.site_memory.settle_revision import settle_revision

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
    for row, words_hash in zip(
        rows, word_hashes(pa.array([row["body"] for row in rows], pa.string())), strict=True
    ):
        row["words_hash"] = words_hash.as_py()
    if rows:
        replace_texts(con, rows, taken)
    return {row["revision_id"]: row["article_id"] for row in rows}


def _note(flipped: list[int], recleaned: Mapping[str, str], older: Iterable[str]) -> str:
    lines, bodies = _counted(len(flipped), "line", "lines"), _counted(len(recleaned), "body", "bodies")
    return f"site memory: {lines} judged anew, {bodies} settled, {len(list(older))} of them of earlier runs"


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"
