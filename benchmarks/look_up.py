"""What looking for the copies of a whole load at once costs, and by ranges of hashes: `python -m benchmarks.look_up`.

Made-up sketches of forty hashes an article, every tenth article a copy of the one before. Each row is a process of its
own; a quarter is the load with the hashes of a quarter of the range alone, as one of four tasks would have it.
"""

import resource
import subprocess
import sys
import time

from benchmarks.copies_warehouse import open_bare
from copydesk.warehouse.copies.look_up import look_up

HASHES = 40
QUARTER = 2**62


def main() -> None:
    print(f"{'sketches':>12} {'articles':>9} {'asked':>9} {'':9} {'CPU s':>6} {'peak MB':>8} {'pairs':>8}")
    for rows, asked in ((100_000, 0), (1_000_000, 0), (10_000_000, 0), (10_000_000, 20_000)):
        for part in ("whole", "quarter"):
            subprocess.run(
                [sys.executable, "-m", "benchmarks.look_up", str(rows), str(asked), part], check=True
            )


def measure(rows: int, asked: int, part: str) -> None:
    """Look up the last `asked` articles, or all, and print what that took."""
    con = open_bare()
    articles = rows // HASHES
    con.execute("set memory_limit = '8GB'")
    con.execute(
        f"insert into sketches select 'a' || lpad(i::text, 8, '0'), 'r' || i, hash(i - (i % 10 = 9)::int, j),"
        f" {HASHES * 16}, 'run' from range({articles}) t(i), range({HASHES}) u(j)"
    )
    con.execute(
        "insert into articles select distinct article_id, null, 'file', timestamptz '2026-01-01' from sketches"
    )
    if part == "quarter":
        con.execute(f"delete from sketches where shingle_hash >= {QUARTER}")
    first = f"a{max(0, articles - (asked or articles)):08}"
    given = con.execute(
        "select article_id, shingle_hash, shingle_count from sketches where article_id >= $1", [first]
    ).to_arrow_table()
    before, began = _peak(), time.process_time()
    pairs = look_up(con, given)
    print(
        f"{rows:12,} {articles:9,} {asked or articles:9,} {part:9} {time.process_time() - began:6.1f}"
        f" {_peak() - before:8,.0f} {pairs.num_rows:8,}",
        flush=True,
    )


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    if len(sys.argv) > 1:
        measure(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
    else:
        main()
