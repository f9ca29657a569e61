"""Makes any number of news texts out of those of the shared corpus: each further round with other words."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.corpora import shared
from benchmarks.million import WORDS

DAY_IN_URL = re.compile(
    r"/(?:19|20)[0-9]{2}/(?:[0-9a-z]{1,3}/){0,2}|[-/](?:19|20)[0-9]{6}|(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}"
)
CHANGED_RATIO = 0.25
"""Of the words of a further round: its texts are no copies of those before, and as long and as varied."""


def write_news(file: Path, start: int, stop: int, *, days: Sequence[str] = ()) -> None:
    """Write the texts from number `start` to `stop`, of their own days or of some in turn, in row groups of 1,000."""
    corpus = pq.read_table(shared("corpora/news_dev.parquet"))
    with pq.ParquetWriter(file, corpus.schema) as writer:
        for begin in range(start, stop, 1_000):
            rows = _rows(corpus, begin, min(begin + 1_000, stop))
            rows = [_on(row, days[at % len(days)]) if days else row for at, row in enumerate(rows, begin)]
            writer.write_table(pa.Table.from_pylist(rows, schema=corpus.schema))


def _rows(corpus: pa.Table, start: int, stop: int) -> Iterator[dict[str, str | None]]:
    for number in range(start, stop):
        turn, place = divmod(number, corpus.num_rows)
        row = corpus.slice(place, 1).to_pylist()[0]
        if turn:
            row |= {name: f"{row[name]}-{turn}" for name in ("doc_id", "url") if row[name]}
            row |= {"text": _changed(row["text"], number), "title": _changed(row["title"] or "", -number)}
        yield row


def _on(row: dict[str, str | None], day: str) -> dict[str, str | None]:
    """Give a row a day, and its address no other."""
    return row | {"date": day, "url": DAY_IN_URL.sub("/", row["url"] or "") or None}


def _changed(text: str, seed: int) -> str:
    random = np.random.default_rng(abs(seed) * 2 + (seed < 0))
    lines = []
    for line in text.split("\n"):
        words = line.split(" ")
        for at in np.flatnonzero(random.random(len(words)) < CHANGED_RATIO).tolist():
            words[at] = str(WORDS[int(random.integers(len(WORDS)))])
        lines.append(" ".join(words))
    return "\n".join(lines)
