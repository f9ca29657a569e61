"""Settles copies for the articles that a run changed: candidates, verdicts, groups, inside its transaction."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime

import duckdb
import pyarrow as pa

from copydesk.flows.thresholds_version import thresholds_version
from copydesk.flows.write_events import write_events
from copydesk.transforms.copies.group import group, pair_portions
from copydesk.transforms.copies.judge import Weights, weights
from copydesk.transforms.copies.relate import relate
from copydesk.transforms.copies.sketch import sketch
from copydesk.warehouse.copies.find_overtaken import find_overtaken
from copydesk.warehouse.copies.groups import read_region, remove_edges, write_groups
from copydesk.warehouse.copies.look_up import CandidateThresholds, drop_hits, look_up
from copydesk.warehouse.copies.wordings import (
    add_sketches,
    read_sketches,
    read_wordings,
    remove_sketches,
    revised_articles,
    staged_sketches,
)
from copydesk.warehouse.write_table import append_rows

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
        signature = {"parameters_version": version, "decided_at": now, "run_id": run_id}
        append_rows(con, "duplicates", related.kept, signature)
        append_rows(con, "look_alikes", related.rejected, signature)
        yield related.kept


def _regroup(con: duckdb.DuckDBPyConnection, article_ids: list[str], now: datetime, run_id: str) -> list[str]:
    region = read_region(con, article_ids)
    grouped = group(region.edges, region.known, region.articles)
    changed = write_groups(con, grouped.groups, region.known, run_id)
    write_events(con, "duplicate_group_events", grouped.events, now=now, run_id=run_id)
    return changed
