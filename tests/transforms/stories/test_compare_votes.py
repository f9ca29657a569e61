"""Which votes are alike, and by how much."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.transforms.stories import compare_votes as compare_module
from copydesk.transforms.stories import share_terms
from copydesk.transforms.stories.compare_votes import CompareThresholds, compare_votes, shared_quotes
from copydesk.transforms.stories.read_facts import AGE, KIND_SHIFT, SCORE, TOLERANCES
from copydesk.transforms.stories.votes import NumberLists, QuotedRuns, SparseRows, Titles, Votes

THRESHOLDS = CompareThresholds()
COLUMNS, SIZE = 5, 7
WEIGHTS = st.dictionaries(st.integers(0, COLUMNS - 1), st.sampled_from([0.125, 0.25, 0.5]), max_size=4)
VOTE = st.fixed_dictionaries(
    {
        "rare": WEIGHTS,
        "common": WEIGHTS,
        "quotes": st.dictionaries(st.integers(0, 3), st.integers(1, 3), max_size=3),
        "low": st.integers(365, 400),
        "days": st.sampled_from([0, 1, 30]),
        "latest": st.sampled_from([0, 1969, 1971, 1972]),
        "contrasts": st.sets(st.sampled_from([1970, 1971, 1972]), max_size=2),
        "background": st.sampled_from([0.0, 0.1, 0.3]),
        "title": st.dictionaries(st.integers(0, 3), st.sampled_from([0.25, 0.5]), max_size=3),
        "told": st.sets(st.integers(0, 3)),
        "form": st.sampled_from([0, 0, 0, 1]),
        "facts": st.sets(
            st.sampled_from([(SCORE, 1), (SCORE, 2), (AGE, 30), (AGE, 31), (AGE, 32)]), max_size=3
        ),
    }
)
Drawn = list[dict[str, object]]


def rows(cells: list[dict[int, float]]) -> SparseRows:
    starts = np.cumsum([0, *map(len, cells)])
    columns = [column for row in cells for column in sorted(row)]
    values = [row[column] for row in cells for column in sorted(row)]
    nothing = np.zeros(max(columns, default=-1) + 1)
    whole = nothing.astype(np.int64)
    return SparseRows(starts, np.array(columns, np.int32), np.array(values, np.float32), whole, nothing)


def lists(cells: list[list[int]]) -> NumberLists:
    starts = np.cumsum([0, *map(len, cells)])
    return NumberLists(np.array([value for row in cells for value in row], np.int64), starts)


def runs(cells: list[dict[int, int]]) -> QuotedRuns:
    width = 1 + max((run for row in cells for run in row), default=0)
    pairs = [(at * width + run, row[run]) for at, row in enumerate(cells) for run in sorted(row)]
    keys, counts = (np.array([pair[side] for pair in pairs], np.int64) for side in (0, 1))
    return QuotedRuns.of(keys, counts, rows=len(cells), width=width)


def in_order(drawn: Drawn) -> Drawn:
    """Put narrow votes first, by time."""
    return sorted(drawn, key=lambda one: (one["days"] > 7, one["low"] if one["days"] <= 7 else 0))


def as_votes(drawn: Drawn) -> Votes:
    low = np.array([one["low"] for one in drawn], float)
    days = np.array([one["days"] for one in drawn], float)
    titles = rows([one["title"] for one in drawn])
    told = [row * COLUMNS + word for row, one in enumerate(drawn) for word in sorted(one["told"])]
    apart = [
        i * len(drawn) + j
        for i, one in enumerate(drawn)
        for j, other in enumerate(drawn)
        if i != j and one["form"] and other["form"]
    ]
    return Votes(
        sizes=np.zeros(len(drawn), np.int64),
        rare=rows([one["rare"] for one in drawn]),
        common=rows([one["common"] for one in drawn]),
        titles=Titles(titles.starts, titles.columns, titles.values, np.array(told, np.int64), COLUMNS),
        quotes=runs([one["quotes"] for one in drawn]),
        apart=np.array(apart, np.int64),
        background=np.array([one["background"] for one in drawn], float),
        low=np.where(days > 7, -np.inf, low),
        high=np.where(days > 7, np.inf, low + days),
        latest_year=np.array([one["latest"] for one in drawn]),
        contrast_years=lists([sorted(set(one["contrasts"])) for one in drawn]),
        facts=lists([sorted({kind << KIND_SHIFT | value for kind, value in one["facts"]}) for one in drawn]),
        weekdays=np.zeros(len(drawn), np.int64),
        narrow_count=int(np.count_nonzero(days <= 7)),
    )


def dot(a: dict[int, float], b: dict[int, float]) -> float:
    return sum(a[column] * b[column] for column in a if column in b)


def told_of(teller: dict[str, object], other: dict[str, object]) -> float:
    """Return the share of the one's title that the other tells."""
    return sum(share for word, share in teller["title"].items() if word in other["told"])


def contradiction(votes: Votes, drawn: Drawn, teller: int, other: int) -> int:
    low = votes.low[other]
    year = int(1970 + low / 365.2425) if low > -1e9 else 0
    latest = drawn[other]["latest"]
    if drawn[teller]["contrasts"] & {latest, year}:
        return 2
    return int(any(max(latest, year) < told for told in drawn[teller]["contrasts"]))


def is_another(a: dict[str, object], b: dict[str, object], kind: int) -> bool:
    """Whether both tell facts of a kind, and none of the one is one of the other's."""
    one, other = ([value for its, value in told["facts"] if its == kind] for told in (a, b))
    gaps = [abs(value - its) for value in one for its in other]
    return bool(gaps) and min(gaps) > TOLERANCES[kind]


def likeness(votes: Votes, drawn: Drawn, i: int, j: int) -> float:
    """Return the likeness as the thresholds tell it, 0 where the pair does not count."""
    a, b = drawn[i], drawn[j]
    is_undated = max(i, j) >= votes.narrow_count
    longest = max((one["days"] for one in drawn if one["days"] <= 7), default=0)
    first, last = votes.low[i] - THRESHOLDS.window_days - longest, votes.high[i] + THRESHOLDS.window_days
    if not is_undated and not first <= votes.low[j] <= last:
        return 0
    value = dot(a["rare"], b["rare"])
    if value < THRESHOLDS.rare_minimum:
        return 0
    value += dot(a["common"], b["common"])
    if value < THRESHOLDS.crowd_factor * max(a["background"], b["background"]):
        return 0
    both = min(i, j) >= votes.narrow_count
    value *= THRESHOLDS.undated_factor if both else THRESHOLDS.half_dated_factor if is_undated else 1
    if value < THRESHOLDS.pair_minimum or (a["form"] and b["form"]):
        return 0
    gap = max(votes.low[i] - votes.high[j], votes.low[j] - votes.high[i])
    value *= max(0, 1 - (gap - 1) / THRESHOLDS.window_days) if gap > 1 else 1
    shared = sum(min(count, b["quotes"].get(run, 0)) for run, count in a["quotes"].items())
    if shared and gap <= THRESHOLDS.window_days:
        value += THRESHOLDS.quote_bonus * min(shared, THRESHOLDS.quote_runs_full) / THRESHOLDS.quote_runs_full
    if a["title"] and b["title"]:
        told = max(told_of(a, b), told_of(b, a))
        value *= THRESHOLDS.untold_factor + (1 - THRESHOLDS.untold_factor) * min(
            told / THRESHOLDS.told_ratio, 1
        )
    against = max(contradiction(votes, drawn, i, j), contradiction(votes, drawn, j, i))
    if against and not shared:
        value = THRESHOLDS.contrast_likeness if against == 2 else value * THRESHOLDS.contrast_factor
    if not shared and any(is_another(a, b, kind) for kind in (SCORE, AGE)):
        value *= THRESHOLDS.contrast_factor
    return value if abs(value) >= THRESHOLDS.pair_minimum else 0


@pytest.fixture(params=[1, 1 << 20], ids=["portions of one", "all at once"])
def portion(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut the work into the smallest portions, or not at all."""
    monkeypatch.setattr(share_terms, "_CELLS", request.param)
    monkeypatch.setattr(share_terms, "_PRODUCTS", request.param)
    monkeypatch.setattr(compare_module, "_PORTION", request.param)


@pytest.mark.usefixtures("portion")
@settings(deadline=None)
@given(st.lists(VOTE, min_size=1, max_size=SIZE).map(in_order), st.data())
def test_pairs_are_alike_as_the_thresholds_say(drawn: Drawn, data: st.DataObject) -> None:
    """Every pair that counts is found from a given row, of two given ones from the left, as alike as by itself."""
    votes = as_votes(drawn)
    asked = sorted(data.draw(st.sets(st.integers(0, len(drawn) - 1), min_size=1)))
    left, right, values = compare_votes(votes, np.array(asked), THRESHOLDS)
    found = dict(zip(zip(left.tolist(), right.tolist(), strict=True), values.tolist(), strict=True))
    pairs = [(i, j) for i in asked for j in range(len(drawn)) if j > i or j not in {*asked, i}]
    wanted = {(i, j): value for i, j in pairs if (value := likeness(votes, drawn, i, j))}
    assert len(left) == len(found)
    assert found == pytest.approx(wanted, rel=1e-5)


def pair(shared: float, *, common: float = 0.0, **circumstances: tuple[object, object]) -> float:
    """The likeness of two votes of one day that share so much, the same from either side; 0 where they make no pair."""
    one, other = (
        {
            "rare": {0: shared if side else 1.0},
            "common": {1: common if side else 1.0},
            "quotes": {},
            "low": 365,
            "days": 0,
            "latest": 0,
            "contrasts": set(),
            "background": 0.0,
            "title": {},
            "told": set(),
            "form": 0,
            "facts": set(),
        }
        | {name: both[side] for name, both in circumstances.items()}
        for side in (0, 1)
    )
    votes = as_votes([one, other])
    found = {tuple(compare_votes(votes, np.array([row]), THRESHOLDS)[2].tolist()) for row in (0, 1)}
    assert len(found) == 1
    return sum(found.pop())


UNDATED = {"days": (30, 30)}
LATER_YEAR, SAME_YEAR = {"contrasts": ({1975}, set())}, {"contrasts": ({1970}, set())}


@pytest.mark.parametrize(
    ("too_little", "enough", "circumstances"),
    [
        pytest.param(0.029, 0.031, {}, id="one day"),
        pytest.param(0.009, 0.011, {"common": 0.1}, id="common words help only where rare names are shared"),
        pytest.param(0.032, 0.034, UNDATED, id="no date speaks for them"),
        pytest.param(0.039, 0.041, {"days": (0, 30)}, id="one date speaks for neither"),
        pytest.param(0.074, 0.076, LATER_YEAR, id="one knows of such a thing in a later year"),
        pytest.param(0.099, 0.101, {"title": ({0: 1.0}, {1: 1.0})}, id="neither tells of the other's title"),
        pytest.param(
            0.033, 0.035, {"title": ({0: 0.5}, {1: 0.5}), "told": ({1}, {2})}, id="one tells of half a title"
        ),
        pytest.param(0.074, 0.076, {"facts": ({(SCORE, 1)}, {(SCORE, 2)})}, id="they tell of other scores"),
        pytest.param(0.059, 0.061, {"low": (365, 368)}, id="three days apart"),
        pytest.param(0.119, 0.121, {"low": (365, 369)}, id="four days apart"),
    ],
)
def test_the_less_speaks_for_two_votes_the_more_they_must_share(
    too_little: float, enough: float, circumstances: dict[str, object]
) -> None:
    """An unknown day and days between are each made up for by more rare words in common."""
    assert pair(too_little, **circumstances) == 0  # type: ignore[arg-type]
    assert pair(enough, **circumstances) > 0  # type: ignore[arg-type]


def test_one_form_on_two_days_is_no_story() -> None:
    """What a copies step calls a form filled in anew on another day counts nothing, however much is shared."""
    assert pair(5.0, form=(1, 0)) > 0
    assert pair(5.0, form=(1, 1)) == 0


def test_five_days_apart_nothing_is_alike() -> None:
    """Likeness has faded away by then, however much two votes share."""
    assert pair(5.0, low=(365, 369)) > 0
    assert pair(5.0, low=(365, 370)) == 0


def test_quotations_bind_what_days_have_faded() -> None:
    """Shared runs of quoted words make a pair of what shares little else; from four on they say no more."""
    by_runs = [pair(0.032, low=(365, 369), quotes=({0: runs}, {0: runs})) for runs in (0, 1, 2, 3, 4, 5)]
    assert by_runs[0] == 0
    assert 0 < by_runs[1] < by_runs[2] < by_runs[3] < by_runs[4] == by_runs[5]


def test_a_contradiction_outweighs_what_a_story_shares() -> None:
    """Telling of a like thing in the other's own year speaks as clearly against as a story's likeness speaks for."""
    assert -1.0 < pair(0.6, **SAME_YEAR) < -0.4  # type: ignore[arg-type]
    assert pair(0.6, **SAME_YEAR, quotes=({0: 1}, {0: 1})) > 0  # type: ignore[arg-type]


def test_nobody_asked() -> None:
    """No rows, no pairs."""
    assert [len(part) for part in compare_votes(as_votes([]), np.zeros(0, np.int64), THRESHOLDS)] == [0, 0, 0]


def test_repeated_quotations_count_as_often_as_both_have_them() -> None:
    """Of a run that one vote holds three times and the other twice, two are shared."""
    quotes = runs([{0: 3, 1: 1}, {0: 2}, {}])
    assert shared_quotes(quotes, np.array([0, 1, 0]), np.array([1, 0, 2])).tolist() == [2, 2, 0]
