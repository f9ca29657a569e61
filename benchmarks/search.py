"""Times the search index: to build, to follow 1,000 new articles, to answer; beside DuckDB reading the bodies.

    python -m benchmarks.search [--articles 100000]

The lake is the one of benchmarks/checks.py (2.4 kB a body, made-up sentences).
"""

import argparse
import tempfile
import time
from pathlib import Path
from statistics import median

from benchmarks.checks import POOL, add_run, make_lake
from copydesk.warehouse.connect import connect_writer
from copydesk.warehouse.place import Place
from copydesk.warehouse.search.search import search
from copydesk.warehouse.search.update_index import update_index

QUERIES = ("ferry council", '"old hands"', "4711", "valley -ferry", "quell OR hask")
LIKE = """
    select article_id from revisions
    where is_latest and body ilike '%' || ? || '%' and body ilike '%' || ? || '%' limit 10
"""


def timed(action):
    started = time.perf_counter()
    value = action()
    return time.perf_counter() - started, value


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = Place(Path(folder))
        make_lake(place, articles=options.articles)
        con = connect_writer(place)
        con.execute("set threads = 2")
        seconds, count = timed(lambda: update_index(con, place))
        size = place.search_index.stat().st_size / 2**20
        print(f"build: {count:,} articles in {seconds:.1f} s, {size:,.0f} MB")
        con.execute(POOL)
        add_run(con, run=options.articles // 1_000, runs=options.articles // 1_000, size=1_000)
        seconds, count = timed(lambda: update_index(con, place))
        print(f"follow: {count:,} new articles in {seconds:.2f} s")
        print(f"nothing new: {1_000 * timed(lambda: update_index(con, place))[0]:.1f} ms")
        for query in QUERIES:
            times = [timed(lambda query=query: search(place, query))[0] for _ in range(7)]
            hits = len(search(place, query, limit=10**6))
            print(f"answer {query!r}: {1_000 * median(times):.1f} ms, {hits:,} hits")
        times = [timed(lambda: con.execute(LIKE, ["4711", "hask"]).fetchall())[0] for _ in range(3)]
        print(f"peer, DuckDB ilike over the bodies: {1_000 * median(times):.0f} ms")


if __name__ == "__main__":
    main()
