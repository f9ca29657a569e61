"""Settles copies for the articles that a run changed: candidates, verdicts, groups, inside its transaction."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime

import duckdb
import pyarrow as pa

from copydesk.flows.thresholds_version import thresholds_version
from copydesk.schemas.tables import TABLES
from copydesk.transforms.copies.group import group, pair_portions
from copydesk.transforms.copies.judge import Weights, weights
from copydesk.transforms.copies.relate import relate
from copydesk.transforms.copies.sketch import sketch
from copydesk.transforms.identify import digest
from copydesk.warehouse.copies.find_overtaken import find_overtaken
from copydesk.warehouse.copies.groups import add_edges, read_region, remove_edges, write_groups
from copydesk.warehouse.copies.look_up import CandidateThresholds, drop_hits, look_up
from copydesk.warehouse.copies.wordings import (
    add_sketches,
    read_sketches,
    read_wordings,
    remove_sketches,
    revised_articles,
    staged_sketches,
)
from copydesk.warehouse.write_table import count_events

SLICE_ARTICLES = 20_000


@dataclass(frozen=True, slots=True)
class CopyThresholds:
    """How candidates are found and how pairs are judged."""

    look_up: CandidateThresholds = field(default_factory=CandidateThresholds)
    weights: Weights = field(default_factory=weights)


def settle_copies(
    con: duckdb.DuckDBPyConnection,
    article_ids: list[str],
    *,
    now: datetime,
    run_id: str,
    rewritten: Collection[str] = (),
    thresholds: CopyThresholds = CopyThresholds(),
) -> list[str]:
    """Bring sketches, duplicates, look_alikes and groups up to date with the latest wordings of the articles.

    `article_ids`: all whose latest wording is new, changed or gone; `rewritten`: those of them whose wording
    reads otherwise under the same revision (its site's lines left it). The sketches of other wordings that the
    portion opened are those that workers made. Returns the articles whose group is another than before. The tables end
    up the same whether articles come all at once, in parts or in another order. Call it inside the run's transaction.
    """
    touched: set[str] = set()
    for start in range(0, len(article_ids), SLICE_ARTICLES):
        part = article_ids[start : start + SLICE_ARTICLES]
        affected, pairs = _candidates(con, part, set(rewritten), run_id, thresholds.look_up)
        touched |= affected
        for kept in _verdicts(con, pairs, now, run_id, thresholds):
            touched.update(kept["article_id_a"].to_pylist(), kept["article_id_b"].to_pylist())
    drop_hits(con)
    return _regroup(con, sorted(touched), now, run_id) if touched else []


def _candidates(
    con: duckdb.DuckDBPyConnection,
    article_ids: list[str],
    rewritten: set[str],
    run_id: str,
    thresholds: CandidateThresholds,
) -> tuple[set[str], pa.Table]:
    """Renew the sketches; return the articles whose edges were taken back, and the pairs to judge."""
    revised = sorted({*revised_articles(con, article_ids), *(rewritten & set(article_ids))})
    removed = remove_sketches(con, revised)
    fresh = _sketches(con, article_ids, rewritten)
    add_sketches(con, fresh, run_id)
    pairs = look_up(con, fresh, thresholds, removed=removed)
    doubtful = find_overtaken(con, removed, thresholds)
    if doubtful:
        again = look_up(con, read_sketches(con, doubtful), thresholds)
        pairs = pa.concat_tables([pairs, again]).group_by(pairs.column_names, use_threads=False).aggregate([])
    retaken = sorted({*revised, *doubtful})
    ends = remove_edges(con, retaken) if retaken else []
    return {*retaken, *ends}, pairs


def _sketches(con: duckdb.DuckDBPyConnection, article_ids: list[str], rewritten: set[str]) -> pa.Table:
    """Return the sketches of the latest wordings: those that workers have made, and the others made now."""
    made = staged_sketches(con, [each for each in article_ids if each not in rewritten])
    done = set(made["article_id"].unique().to_pylist())
    others = [each for each in article_ids if each not in done]
    return pa.concat_tables([made, sketch(read_wordings(con, others))]) if others else made


def _verdicts(
    con: duckdb.DuckDBPyConnection, pairs: pa.Table, now: datetime, run_id: str, thresholds: CopyThresholds
) -> Iterator[pa.Table]:
    """Judge the pairs in portions that fit memory, write both outcomes, and yield the edges kept."""
    for portion in pair_portions(pairs):
        ids = sorted({*portion["article_id_a"].to_pylist(), *portion["article_id_b"].to_pylist()})
        related = relate(portion, read_wordings(con, ids), thresholds.weights)
        version = thresholds_version("copies", thresholds)
        add_edges(con, "duplicates", _signed(related.kept, now, run_id, version))
        add_edges(con, "look_alikes", _signed(related.rejected, now, run_id, version))
        yield related.kept


def _signed(rows: pa.Table, now: datetime, run_id: str, version: str) -> pa.Table:
    at = pa.scalar(now, pa.timestamp("us", tz="UTC"))
    for name, value in (("parameters_version", version), ("decided_at", at), ("run_id", run_id)):
        rows = rows.append_column(name, pa.repeat(value, rows.num_rows))
    return rows


def _regroup(con: duckdb.DuckDBPyConnection, article_ids: list[str], now: datetime, run_id: str) -> list[str]:
    region = read_region(con, article_ids)
    grouped = group(region.edges, region.known, region.articles)
    changed = write_groups(con, grouped.groups, region.known, run_id)
    earlier = count_events(con, "duplicate_group_events", run_id)
    signed = {"happened_at": now, "run_id": run_id}
    events = [
        {"event_id": digest(run_id, str(number)), **row, **signed}
        for number, row in enumerate(grouped.events.to_pylist(), earlier)
    ]
    table = TABLES["duplicate_group_events"]
    add_edges(con, table.name, pa.Table.from_pylist(events, table.schema))
    return changed
