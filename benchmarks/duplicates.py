"""Measures copies: quality on planted and labelled pairs, speed and memory beside peers, order.

    python -m benchmarks.duplicates planted            pair F1 by kind, ours and peers'
    python -m benchmarks.duplicates pairs              hand-labelled pairs: simple rules beside ours
    python -m benchmarks.duplicates articles           the five real articles: no merge
    python -m benchmarks.duplicates news               edges between real articles, by outlet and days
    python -m benchmarks.duplicates speed 100000       a batch, documents/s and memory, on one core
    python -m benchmarks.duplicates order 100000       all at once = in parts = shuffled

Needs the shared corpora for the first four.
"""

import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks import million
from benchmarks.copies_warehouse import NOW, fill, open_bare, verdicts
from benchmarks.corpora import as_date, shared
from benchmarks.peers import PEERS, Pairs
from copydesk.flows.settle_copies import settle_copies
from copydesk.transforms.copies.relate import relate
from copydesk.transforms.text.forest import Forest

CORE = int(os.environ.get("COPYDESK_BENCH_CORE", "3"))


def name(place: int) -> str:
    return f"{place:020x}"


def groups_as_pairs(rows: Iterable[tuple[str, str]]) -> Pairs:
    members = defaultdict(list)
    for article, group in rows:
        members[group].append(int(article, 16))
    return {(a, b) for one in members.values() for b in one for a in one if a < b}


def joined(pairs: Pairs) -> Pairs:
    """The pairs that connected components of other pairs make."""
    forest = Forest[int]()
    for a, b in pairs:
        forest.join(a, b)
    trees = enumerate(forest.trees())
    return groups_as_pairs((f"{one:x}", str(number)) for number, tree in trees for one in tree)


def scores(found: Pairs, wanted: Pairs) -> tuple[float, float, float]:
    hits = len(found & wanted)
    precision, recall = hits / max(len(found), 1), hits / max(len(wanted), 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def planted() -> None:
    rows = pq.read_table(shared("corpora/near_duplicates_dev.parquet")).to_pylist()
    texts = [row["text"] for row in rows]
    clusters = defaultdict(list)
    for place, row in enumerate(rows):
        if row["cluster"] >= 0:
            clusters[row["cluster"]].append(place)
    wanted = {(a, b) for one in clusters.values() for b in one for a in one if a < b}
    bases = {row["cluster"]: place for place, row in enumerate(rows) if row["kind"] == "base"}
    con = open_bare()
    names = [name(place) for place in range(len(rows))]
    table = pa.table({"article_id": names, "body": texts, "publisher": [row["source"] for row in rows]})
    settle_copies(con, fill(con, table), now=NOW, run_id="bench")
    results = {
        "copydesk": groups_as_pairs(con.sql("select article_id, group_id from duplicate_groups").fetchall())
    }
    for peer, threshold in (
        ("gaoya", 0.3),
        ("gaoya", 0.5),
        ("rensa", 0.3),
        ("rensa", 0.5),
        ("datasketch", 0.5),
    ):
        results[f"{peer} at {threshold}"] = joined(PEERS[peer](texts, threshold))
    kinds = ("exact", "ws", "footer", "light", "lead", "trunc", "embed", "combo")
    print(f"{'':16} {'P':>7} {'R':>7} {'F1':>7}   with its base: " + " ".join(f"{kind:>6}" for kind in kinds))
    for label, found in results.items():
        by_kind = Counter(
            r["kind"]
            for p, r in enumerate(rows)
            if r["cluster"] >= 0 and r["kind"] != "base" and tuple(sorted((p, bases[r["cluster"]]))) in found
        )
        all_kinds = Counter(r["kind"] for r in rows if r["cluster"] >= 0)
        print(
            f"{label:16} {' '.join(f'{one:7.5f}' for one in scores(found, wanted))}                  "
            + " ".join(f"{by_kind[kind] / all_kinds[kind]:6.3f}" for kind in kinds),
            flush=True,
        )


def pairs() -> None:
    rows = [json.loads(line) for line in shared("corpora/pairs_dev.jsonl").open()]
    sides = [row[side] for row in rows for side in "ab"]
    wordings = pa.table(
        {
            "article_id": [name(p) for p in range(len(sides))],
            "revision_id": [name(p) for p in range(len(sides))],
            "title": [side["title"] for side in sides],
            "body": [side["text"] for side in sides],
            "outlet": [side["source"] for side in sides],
            "published_on": pa.array([as_date(side["date"]) for side in sides], pa.date32()),
        }
    )
    first, second = ([name(2 * place + side) for place in range(len(rows))] for side in (0, 1))
    ends = pa.table({"article_id_a": first, "article_id_b": second})
    related = relate(ends, wordings)
    kept = {int(one, 16) // 2 for one in related.kept["article_id_a"].to_pylist()}
    both = [*related.kept.to_pylist(), *related.rejected.to_pylist()]
    measured = {int(row["article_id_a"], 16) // 2: row for row in both}
    columns = ("jaccard_ratio", "containment_ratio", "carried_ratio")
    ratios = [tuple(measured[place][column] for column in columns) for place in range(len(rows))]
    rules = {
        "J >= .3 or C >= .4": [j >= 0.3 or c >= 0.4 for j, c, _ in ratios],
        "J >= .5": [j >= 0.5 for j, _, _ in ratios],
        "J >= .7": [j >= 0.7 for j, _, _ in ratios],
        "C >= .6": [c >= 0.6 for _, c, _ in ratios],
        "narration >= .585": [n >= 0.585 for _, _, n in ratios],
        "copydesk": [p in kept for p in range(len(rows))],
    }
    wanted = {(p, p) for p, row in enumerate(rows) if row["merge"]}
    for rule, found in rules.items():
        precision, recall, f1 = scores({(p, p) for p, yes in enumerate(found) if yes}, wanted)
        print(f"{rule:20} precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}")
    tuned = [narration_threshold_left_out(ratios, rows, fold) for fold in range(8)]
    print(
        f"narration threshold alone, chosen on 7/8 and tried on 1/8: {sum(tuned)} errors in {len(rows)} pairs"
    )


def narration_threshold_left_out(
    ratios: list[tuple[float, float, float]], rows: list[dict], fold: int
) -> int:
    def errors(threshold: float, places: Iterable[int]) -> int:
        return sum((ratios[p][2] >= threshold) != rows[p]["merge"] for p in places)

    order = random.Random(1).sample(range(len(rows)), len(rows))
    inside = [p for k, p in enumerate(order) if k % 8 != fold]
    best = min((step / 100 for step in range(20, 90)), key=lambda threshold: errors(threshold, inside))
    return errors(best, [p for k, p in enumerate(order) if k % 8 == fold])


def articles() -> None:
    bodies = [path.read_text() for path in sorted(shared("articles").glob("*.txt"))]
    con = open_bare()
    table = pa.table({"article_id": [name(p) for p in range(len(bodies))], "body": bodies})
    settle_copies(con, fill(con, table), now=NOW, run_id="bench")
    kept, rejected = pairs_in(con, "duplicates"), pairs_in(con, "look_alikes")
    print(f"{len(bodies)} articles, {kept + rejected} candidates, {kept} merged")


def pairs_in(con: duckdb.DuckDBPyConnection, table: str) -> int:
    return con.table(table).shape[0]


def news() -> None:
    rows = pq.read_table(shared("corpora/news_dev.parquet")).to_pylist()
    table = pa.table(
        {
            "article_id": [name(p) for p in range(len(rows))],
            "title": [row["title"] for row in rows],
            "body": [row["text"] for row in rows],
            "publisher": [row["source"] for row in rows],
            "published_on": pa.array([as_date(row["date"]) for row in rows], pa.date32()),
        }
    )
    con = open_bare()
    settle_copies(con, fill(con, table), now=NOW, run_id="bench")

    def late(ends: list[tuple[str, str]]) -> str:
        found = 0
        for a, b in ends:
            one, other = rows[int(a, 16)], rows[int(b, 16)]
            days = as_date(one["date"]), as_date(other["date"])
            found += (
                one["source"] == other["source"] and None not in days and abs((days[0] - days[1]).days) > 14
            )
        return f"{found} of {len(ends)} ({found / max(len(ends), 1):.1%})"

    kept = con.sql("select article_id_a, article_id_b from duplicates").fetchall()
    naive = con.sql(
        "select article_id_a, article_id_b from (from duplicates select article_id_a, article_id_b, jaccard_ratio as j,"
        " containment_ratio as c union all from look_alikes select article_id_a, article_id_b, jaccard_ratio,"
        " containment_ratio) where j >= .3 or c >= .4"
    ).fetchall()
    print("same outlet, more than 14 days apart: J >= .3 or C >= .4", late(naive), " copydesk", late(kept))
    print("relations", con.sql("select relation, count(*) from duplicates group by 1").fetchall())
    print("look-alikes", con.sql("select reason, count(*) from look_alikes group by 1").fetchall())


def speed(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "articles.parquet"
        with pq.ParquetWriter(path, next(million.batches(0, 1)).schema) as writer:
            for table in million.batches(0, count):
                writer.write_table(table)
        print(f"{count} articles, core {CORE} only")
        for label in ("copydesk", "gaoya", "rensa", "datasketch"):
            # The slow ones get a part: their speed does not depend on the number, their memory does.
            part = count if label in {"copydesk", "gaoya"} else min(count, 5_000)
            out = subprocess.run(
                [sys.executable, "-m", "benchmarks.duplicates", "_contender", label, str(path), str(part)],
                capture_output=True,
                text=True,
                check=False,
            )
            print(out.stdout.strip() or out.stderr[-400:], flush=True)


def contender(label: str, path: str, count: int) -> None:
    os.sched_setaffinity(0, {CORE})
    os.environ["NUMBA_NUM_THREADS"] = "1"
    if label == "copydesk":
        with tempfile.TemporaryDirectory() as folder:
            con = open_bare(Path(folder) / "bench.duckdb")
            con.execute("set memory_limit = '1GB'")
            ids: list[str] = []
            for batch in pq.ParquetFile(path).iter_batches(5_000, columns=["article_id", "body"]):
                ids += fill(con, pa.table(batch))
            base = peak()
            began, spent = time.perf_counter(), time.process_time()
            settle_copies(con, ids, now=NOW, run_id="bench")
            report(label, count, began, spent, base, pairs_in(con, "duplicates"))
        return
    texts = pq.read_table(path, columns=["body"])["body"].to_pylist()[:count]
    base = peak()
    began, spent = time.perf_counter(), time.process_time()
    report(label, count, began, spent, base, len(PEERS[label](texts, 0.3)))


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def report(label: str, count: int, began: float, spent: float, base: float, found: int) -> None:
    wall, cpu = time.perf_counter() - began, time.process_time() - spent
    print(
        f"{label:11} {count:7} articles  {count / wall:8.0f}/s  {count / cpu:8.0f} per CPU second  "
        f"peak {peak():6.0f} MB ({base:.0f} before)  {found} pairs"
    )


def order(count: int) -> None:
    batch = pa.concat_tables(list(million.batches(0, count))).select(["article_id", "body"])
    wanted = None
    ways = (("at once", 0, count), ("in parts", 0, max(count // 7, 1)), ("shuffled", 1, max(count // 11, 1)))
    for label, seed, step in ways:
        places = list(range(count))
        if seed:
            random.Random(seed).shuffle(places)
        con = open_bare(threads=2)
        for start in range(0, count, step):
            part = batch.take(pa.array(places[start : start + step]))
            settle_copies(con, fill(con, part), now=NOW, run_id="bench")
        found = verdicts(con)
        wanted = wanted or found
        same = "the same" if found == wanted else "OTHER"
        print(f"{label:9} {len(found[0])} edges, {len(found[1])} articles in groups: {same}", flush=True)


def main() -> None:
    command, *rest = sys.argv[1:] or ["help"]
    began = time.monotonic()
    if command == "_contender":
        contender(rest[0], rest[1], int(rest[2]))
        return
    if command in {"speed", "order"}:
        {"speed": speed, "order": order}[command](int(rest[0]) if rest else 10_000)
    elif command in {"planted", "pairs", "articles", "news"}:
        {"planted": planted, "pairs": pairs, "articles": articles, "news": news}[command]()
    else:
        sys.exit(__doc__)
    print(f"({time.monotonic() - began:.0f} s)")


if __name__ == "__main__":
    main()
