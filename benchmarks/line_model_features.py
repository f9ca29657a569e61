"""Turn lines into the features of the line model (line_model.py): hashed n-grams, shape, place, neighbours."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from line_model_lines import Line, draw
from numpy.typing import NDArray

from transforms.rules.fold import fold

Floats = NDArray[np.float64]
BUCKETS = 1 << 16
HEAD_CHARS, TAIL_CHARS = 160, 80


@dataclass(frozen=True, slots=True)
class Matrix:
    """Hashed features of each line, and its plain features, a row a line."""

    hashed: list[NDArray[np.uint32]]
    plain: Floats


def ngrams(text: str) -> NDArray[np.uint32]:
    """Hash the 3- to 5-grams of a folded line's head and tail into buckets, each once."""
    folded = re.sub(r"\d", "0", " ".join(fold(text).split()))
    if len(folded) > HEAD_CHARS + TAIL_CHARS:
        folded = folded[:HEAD_CHARS] + "\0\0\0\0" + folded[-TAIL_CHARS:]
    points = np.frombuffer(f"\2{folded}\3".encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    parts = []
    for size in (3, 4, 5):
        hashes = np.full(max(0, len(points) - size + 1), size, dtype=np.uint64)
        for at in range(size):
            hashes = (hashes ^ points[at : at + len(hashes)]) * np.uint64(0x9E3779B97F4A7C15)
            hashes ^= hashes >> np.uint64(29)
        parts.append(hashes >> np.uint64(48))
    return np.unique(np.concatenate(parts)).astype(np.uint32)


def named(words: Iterable[str], place: str) -> NDArray[np.uint32]:
    return np.array(sorted({draw(word, 7) % BUCKETS for word in (place + w for w in words)}), dtype=np.uint32)


def shape(text: str) -> list[float]:
    size, stripped = max(1, len(text)), text.rstrip("\"'”’») ")
    tokens = text.split()
    bins = [float(low <= len(text) < high) for low, high in ((0, 20), (20, 45), (45, 90), (90, 180))]
    return [
        float(np.log1p(len(text))), float(np.log1p(len(tokens))), *bins,
        float(stripped.endswith((".", "!", "?", "…"))), float(stripped.endswith(":")),
        sum(c.isupper() for c in text) / size, sum(c.isdigit() for c in text) / size,
        sum(not c.isalnum() and not c.isspace() for c in text) / size,
        sum(t[0].isupper() for t in tokens) / max(1, len(tokens)),
        float(any(mark in text for mark in ("|", "»", "•", "http", "@", "#"))), float("?" in text),
    ]  # fmt: skip


def place(line: Line) -> list[float]:
    behind = line.count - 1 - line.index
    near = [float(distance == gap) for distance in (line.index, behind) for gap in (0, 1, 2)]
    return [
        line.index / max(1, line.count - 1),
        float(np.log1p(line.index)),
        float(np.log1p(behind)),
        *near,
    ]


def shown(line: Line) -> list[float]:
    if line.evidence is None:
        return [float(line.is_absent), 0.0, 0.0]
    return [
        float(line.is_absent),
        line.evidence.link_ratio or 0.0,
        float(bool(line.evidence.in_article_body)),
    ]


def featurise(lines: Sequence[Line], *, with_evidence: bool) -> Matrix:
    hashed, plain = [], []
    for line in lines:
        parts = [ngrams(line.text)]
        parts += [named(fold(line.before).split()[-12:], "<"), named(fold(line.after).split()[:12], ">")]
        row = [*shape(line.text), *place(line), *shape(line.before), *shape(line.after)]
        if with_evidence:
            row += shown(line)
            parts.append(named(re.findall(r"[a-z]+", line.evidence.container if line.evidence else ""), "#"))
        hashed.append(np.unique(np.concatenate(parts)))
        plain.append(row)
    return Matrix(hashed, np.array(plain))
