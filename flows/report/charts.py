"""Lays out the report's charts: numbers in, places and sizes out; the templates draw them as inline SVG."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil, log10
from typing import Any

WIDTH, HEIGHT = 720.0, 220.0
LEFT, BOTTOM, TOP = 44.0, 24.0, 12.0
SERIES = 6
"""More colours than this nobody tells apart; the rest is drawn as one, in grey."""


@dataclass(frozen=True, slots=True)
class Box:
    """A bar: its place, its series (0 is grey), and what it says when one points at it."""

    x: float
    y: float
    width: float
    height: float
    series: int
    title: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark of an axis."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A bar chart over days or runs, with its legend by series."""

    boxes: tuple[Box, ...]
    y_ticks: tuple[Tick, ...]
    x_ticks: tuple[Tick, ...]
    legend: tuple[tuple[int, str], ...] = ()
    width: float = WIDTH
    height: float = HEIGHT


def stack_days(rows: Sequence[Mapping[str, Any]]) -> Chart | None:
    """Return the articles by day, stacked by source: the largest six in colour, the others as one."""
    if not rows:
        return None
    totals: dict[str, int] = defaultdict(int)
    counts: dict[tuple[date, int], int] = defaultdict(int)
    for row in rows:
        totals[row["source_id"]] += row["articles_count"]
    named = sorted(totals, key=lambda source: (-totals[source], source))[:SERIES]
    series = {source: number for number, source in enumerate(named, 1)}
    for row in rows:
        counts[row["day"], series.get(row["source_id"], 0)] += row["articles_count"]
    legend = [(number, source) for source, number in series.items()]
    if len(totals) > SERIES:
        legend.append((0, f"{len(totals) - SERIES} other sources"))
    return _stack(counts, _days(counts), dict(legend), tuple(legend))


def _days(counts: Iterable[tuple[date, int]]) -> list[date]:
    found = {day for day, _ in counts}
    first, last = min(found), max(found)
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _stack(
    counts: Mapping[tuple[date, int], int],
    days: list[date],
    names: Mapping[int, str],
    legend: tuple[tuple[int, str], ...],
) -> Chart:
    top = max(sum(counts.get((day, number), 0) for number in names) for day in days)
    width, scale, y_ticks, x_ticks = _axes(top, days, fewest=7)
    boxes: list[Box] = []
    for position, day in enumerate(days):
        y = HEIGHT - BOTTOM
        for number, name in names.items():
            height = counts.get((day, number), 0) * scale
            if height:
                y -= height
                title = f"{day}: {name}, {counts[day, number]}"
                boxes.append(Box(LEFT + position * width, y, max(width - 2, 1), height, number, title))
    return Chart(tuple(boxes), y_ticks, x_ticks, legend)


def draw_runs(rows: Sequence[Mapping[str, Any]]) -> Chart | None:
    """Return the seconds of each run, in order of time."""
    if not rows:
        return None
    top = max(row["run_seconds"] for row in rows) or 1
    width, scale, y_ticks, x_ticks = _axes(top, [row["started_at"] for row in rows], fewest=12)
    boxes = tuple(
        Box(
            LEFT + n * width,
            HEIGHT - BOTTOM - row["run_seconds"] * scale,
            max(width - 2, 1),
            row["run_seconds"] * scale,
            1,
            f"{row['run_id']}: {row['run_seconds']:.1f} s, {row['documents_count']} documents",
        )
        for n, row in enumerate(rows)
    )
    return Chart(boxes, y_ticks, x_ticks)


def place_dots(members: Sequence[Mapping[str, Any]]) -> list[tuple[float, int, str]]:
    """Return where each article of a story stands in its time, 0 to 100, with its outlet's number and title."""
    outlets = list(dict.fromkeys(row["site"] for row in members))
    times: list[datetime] = [row["at"] for row in members]
    first = min(times)
    length = (max(times) - first).total_seconds() or 1
    return [
        (
            round(100 * (row["at"] - first).total_seconds() / length, 1),
            outlets.index(row["site"]) % SERIES + 1,
            f"{row['at']:%Y-%m-%d %H:%M} {row['site']}: {row['title'] or 'no title'}",
        )
        for row in members
    ]


def _axes(
    top: float, dates: Sequence[date], *, fewest: int
) -> tuple[float, float, tuple[Tick, ...], tuple[Tick, ...]]:
    """Return the width of a bar, the height of one, and the marks of both axes: eight dates or fewer."""
    step, width = _round_step(top), (WIDTH - LEFT) / max(len(dates), fewest)
    marks, every = ceil(top / step), ceil(len(dates) / 8)
    scale = (HEIGHT - BOTTOM - TOP) / (step * marks)
    y_ticks = [Tick(HEIGHT - BOTTOM - n * step * scale, f"{n * step:,.10g}") for n in range(marks + 1)]
    x_ticks = [
        Tick(LEFT + (n + 0.5) * width, f"{day:%b %d}") for n, day in enumerate(dates) if n % every == 0
    ]
    return width, scale, tuple(y_ticks), tuple(x_ticks)


def _round_step(top: float) -> float:
    """Return a step of 1, 2 or 5 times a power of ten that gives an axis four marks or so."""
    rough = max(top, 1e-9) / 4
    power = 10 ** (ceil(log10(rough)) - 1)
    step = next(float(factor * power) for factor in (1, 2, 5, 10) if factor * power >= rough * 0.999)
    return max(step, 1.0) if top >= 4 else step
