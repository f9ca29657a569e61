"""Copies and look-alikes: what merges, what must not, and that the verdict is the pair's alone."""

from dataclasses import asdict, fields
from datetime import date

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from plain_measure import plain_measure
from stories import BILLS, BRIDGE, DIVIDEND, GALLERY, LIBRARY, SPEECH, STRIKE, WEATHER

from transforms.copies.blocks import mark_blocks
from transforms.copies.judge import Circumstances, judge
from transforms.copies.measure import FIGURE_GAP, FIGURE_SHIFT, SMALL_GAP, Measures, measure
from transforms.copies.relate import KEPT, REJECTED, relate
from transforms.copies.words import BLOCK, words

LONG = f"{STRIKE}\n\n{BRIDGE}\n\n{LIBRARY}"
MARCH = (2.4, 5.61, 5.55, 5.58, 5.64, 38, 5.7, 5.66)
JUNE = (2.6, 5.72, 5.61, 5.7, 5.77, 61, 5.84, 5.7)

COPIES = {
    "other case and marks": (STRIKE, STRIKE.upper().replace(",", " –"), "exact"),
    "corrected figure": (
        BILLS.format(*MARCH),
        "(Corrects yield) " + BILLS.format(2.4, 5.62, *MARCH[2:]),
        "near",
    ),
    "dateline and small edits": (
        STRIKE,
        "EASTPORT (Quill) - " + STRIKE.replace("on Tuesday", "Tuesday").replace("percent", "per cent"),
        "near",
    ),
    "first lines only": (LONG, STRIKE, "contains"),
    "flash and story": (STRIKE, " ".join(STRIKE.split()[:27]), "contains"),
    "inside a longer piece": (f"{BRIDGE}\n{STRIKE}\n{LIBRARY}", STRIKE, "contains"),
    "with a footer": (STRIKE, STRIKE + "\n\nThe Eastport Courier | Terms | Contact", "near"),
}
LOOK_ALIKES = {
    "auction of another week": (BILLS.format(*MARCH), BILLS.format(*JUNE), "recurring"),
    "dividend of another company": (
        DIVIDEND.format("Harlow Mills Inc", 12, "April 10", "March 20"),
        DIVIDEND.format("Pine Ridge Bancorp", 12, "April 10", "March 20"),
        "recurring",
    ),
    "dividend of another quarter": (
        DIVIDEND.format("Harlow Mills Inc", 12, "April 10", "March 20"),
        DIVIDEND.format("Harlow Mills Inc", 12, "July 10", "June 20"),
        "recurring",
    ),
    "weather of another day": (
        WEATHER.format("sunny", 24, 13, "west", 10, 20, 18, "20.41"),
        WEATHER.format("cloudy", 19, 11, "north", 20, 35, 17, "20.39"),
        "recurring",
    ),
    "same speech quoted": (f"{BRIDGE}\n\n{SPEECH} he said.", f"{LIBRARY}\n\n{SPEECH} he said.", "quotations"),
    "same gallery": (f"{BRIDGE}\n\n{GALLERY}", f"{LIBRARY}\n\n{GALLERY}", "captions"),
    "a digest and a story": (f"{STRIKE[:130]} {BRIDGE[:120]} {LIBRARY[:110]}", BRIDGE, "little_shared"),
}


def wordings(
    *bodies: str, titles: tuple[str | None, ...] = (), outlet: str | None = None, days: tuple[int, ...] = ()
) -> pa.Table:
    ids = [f"{place:04}" for place in range(len(bodies))]
    return pa.table(
        {
            "article_id": ids,
            "revision_id": ids,
            "title": pa.array(titles or [None] * len(ids), pa.string()),
            "body": bodies,
            "published_on": pa.array([date(2026, 3, day) for day in days] or [None] * len(ids), pa.date32()),
            "outlet": pa.array([outlet] * len(ids), pa.string()),
        }
    )


def pairs(*ends: tuple[int, int]) -> pa.Table:
    columns = zip(*ends, strict=True) if ends else ((), ())
    names = ("article_id_a", "article_id_b")
    return pa.table(
        {
            name: pa.array([f"{end:04}" for end in side], pa.string())
            for name, side in zip(names, columns, strict=True)
        }
    )


def rows_of(measures: Measures) -> list[dict[str, int]]:
    columns = {name: counts.tolist() for name, counts in asdict(measures).items()}
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


@pytest.mark.parametrize(("one", "other", "relation"), COPIES.values(), ids=COPIES.keys())
def test_copies(one: str, other: str, relation: str) -> None:
    """The same piece with edits, cuts, a footer or inside another is a copy, from either side."""
    for bodies in ((one, other), (other, one)):
        related = relate(pairs((0, 1)), wordings(*bodies))
        assert related.kept["relation"].to_pylist() == [relation]
        assert related.kept["evidence"][0].as_py()


@pytest.mark.parametrize(("one", "other", "reason"), LOOK_ALIKES.values(), ids=LOOK_ALIKES.keys())
def test_look_alikes(one: str, other: str, reason: str) -> None:
    """A form filled in anew, shared quotations, captions or snippets make no copy, from either side."""
    for bodies in ((one, other), (other, one)):
        related = relate(pairs((0, 1)), wordings(*bodies))
        assert related.rejected["reason"].to_pylist() == [reason]


def test_a_yearly_series_is_no_copy() -> None:
    """Titles that differ in their number alone are two of a series, however alike the texts; equal words are not."""
    titles = ("2024: the year in pictures", "2025: The Year in Pictures")
    assert relate(pairs((0, 1)), wordings(STRIKE, STRIKE + " Photos.", titles=titles)).kept.num_rows == 0
    assert relate(pairs((0, 1)), wordings(STRIKE, STRIKE, titles=titles)).kept.num_rows == 1


NOTHING_SHARED = (
    dict.fromkeys((field.name for field in fields(Measures)), 0)
    | dict.fromkeys(("shingles_a", "shingles_b", "narrated_a", "narrated_b"), 200)
    | dict.fromkeys(("words_short", "words_long", "narrated_words"), 200)
)
SAME_WORDS = {"shared": 180, "narrated_shared": 180, "followed": 180}
PARTLY = {"shared": 80, "narrated_shared": 50}
LONG_TEXT = {"words_short": 600, "words_long": 900}


def verdict(measures: dict[str, int], *, is_one_outlet: bool = False, days: int = 0) -> str:
    """What two texts of 200 words, without figures, are called that share what `measures` say."""
    told = {name: np.array([count]) for name, count in (NOTHING_SHARED | measures).items()}
    flag = np.array([False])
    known = Circumstances(flag, flag, np.array([is_one_outlet]), np.array([days]))
    return str(judge(Measures(**told), known).relation_or_reason[0])


def narrated(shared: int, of: int) -> dict[str, int]:
    return {"shared": 100, "narrated_shared": shared, "narrated_a": of, "narrated_b": of}


@pytest.mark.parametrize(
    ("less", "more"),
    [
        pytest.param(narrated(116, of=200), narrated(118, of=200), id="of a report three fifths"),
        pytest.param(narrated(20, of=29), narrated(20, of=30), id="that has narration enough to say so"),
        pytest.param(narrated(14, of=20), narrated(15, of=20), id="of a brief's narration three quarters"),
        pytest.param(narrated(7, of=7), narrated(8, of=8), id="that is more than a sentence"),
        pytest.param({"shared": 170}, {"shared": 172}, id="of all words, quotations too, three quarters"),
        pytest.param(
            {"shared": 80, "words_long": 400, "followed": 159, "narrated_followed": 120},
            {"shared": 80, "words_long": 400, "followed": 160, "narrated_followed": 120},
            id="edited: four of five words carried",
        ),
        pytest.param(
            {"shared": 80, "words_long": 400, "followed": 160, "narrated_followed": 119},
            {"shared": 80, "words_long": 400, "followed": 160, "narrated_followed": 120},
            id="edited: three of five told ones",
        ),
        pytest.param(
            {"shared": 80, "narrated_shared": 70, "longest_run": 67},
            {"shared": 80, "narrated_shared": 70, "longest_run": 68},
            id="one passage of a third",
        ),
        pytest.param(
            {"shared": 80, "narrated_shared": 69, "longest_run": 100},
            {"shared": 80, "narrated_shared": 70, "longest_run": 100},
            id="that is no quotation alone",
        ),
        pytest.param(
            {"shared": 80, "narrated_shared": 80, "longest_run": 59, "words_short": 120},
            {"shared": 80, "narrated_shared": 80, "longest_run": 60, "words_short": 120},
            id="and no mere sentence or two",
        ),
        pytest.param(
            PARTLY | LONG_TEXT | {"longest_run": 149},
            PARTLY | LONG_TEXT | {"longest_run": 150},
            id="one long passage, whatever its share",
        ),
        pytest.param(
            LONG_TEXT | {"shared": 80, "narrated_shared": 49, "longest_run": 150},
            LONG_TEXT | {"shared": 80, "narrated_shared": 50, "longest_run": 150},
            id="that is no speech alone",
        ),
        pytest.param(
            narrated(75, of=100) | {"shared": 75}, narrated(76, of=100) | {"shared": 76}, id="at least of all words"
        ),
    ],
)  # fmt: skip
def test_a_little_more_makes_a_copy(less: dict[str, int], more: dict[str, int]) -> None:
    """Each way in which a text is carried over has its edge: just below it two texts are only alike."""
    assert verdict(less) == "little_shared"
    assert verdict(more) == "contains"


@pytest.mark.parametrize(
    ("copied", "filled_in"),
    [
        pytest.param((0, 1, 0, 0), (0, 2, 0, 0), id="one other figure is a correction"),
        pytest.param((4, 2, 0, 0), (3, 2, 0, 0), id="two of six figures"),
        pytest.param((0, 0, 0, 2), (0, 0, 0, 3), id="two other names"),
        pytest.param((0, 0, 4, 3), (0, 0, 3, 3), id="three of seven names"),
    ],
)
def test_other_figures_and_names_make_a_form(copied: tuple[int, ...], filled_in: tuple[int, ...]) -> None:
    """The same words around other figures or names are a form filled in anew; a few changed are a correction."""
    names = ("same_figures", "other_figures", "same_names", "other_names")
    told = [verdict(SAME_WORDS | dict(zip(names, row, strict=True))) for row in (copied, filled_in)]
    assert told == ["near", "recurring"]


def test_in_a_brief_one_other_figure_makes_a_form() -> None:
    """Below 100 words one figure is the news."""
    figures = {"same_figures": 1, "other_figures": 1}
    told = [verdict(SAME_WORDS | figures | {"words_short": words}) for words in (99, 100)]
    assert told == ["recurring", "near"]


def test_an_outlet_may_reuse_its_own_more_freely() -> None:
    """Within an outlet a passage must be half of the text, and after two weeks only nearly the whole text counts."""
    passage = LONG_TEXT | {"narrated_shared": 50, "longest_run": 150}
    assert verdict(passage | {"shared": 99}) == "contains"
    assert verdict(passage | {"shared": 99}, is_one_outlet=True) == "background"
    assert verdict(passage | {"shared": 100}, is_one_outlet=True) == "contains"
    part, whole = narrated(120, of=200) | {"followed": 149}, narrated(120, of=200) | {"followed": 150}
    assert [verdict(part, is_one_outlet=True, days=days) for days in (14, 15)] == ["contains", "background"]
    assert verdict(whole, is_one_outlet=True, days=15) == "near"


@pytest.mark.parametrize(
    ("between", "is_gallery"), [pytest.param(100, True, id="near"), pytest.param(140, False, id="far")]
)
def test_between_two_captions_that_are_near_stands_their_gallery(between: int, *, is_gallery: bool) -> None:
    """What stands between two captions up to 130 words apart is not narrated; farther apart it is the article."""
    prose = " ".join(["the boat lay at the quay"] * 30).split()[:between]
    text = f"Photo by Edda. Hide caption. {' '.join(prose)}. Photo by Edda. Hide caption. {' '.join(prose)}."
    flags = mark_blocks(words(pa.array([text]))).flags
    assert bool(flags[30] & BLOCK) is is_gallery


@pytest.mark.parametrize(("names", "is_list"), [(20, False), (21, True)])
def test_many_names_in_a_row_are_a_list(names: int, *, is_list: bool) -> None:
    """Of 30 words in a row 21 with capitals or figures are a list of fixtures or names, 20 may be prose."""
    row = ["Marsh"] * names + ["and"] * (30 - names)
    text = f"{STRIKE} as told in {' '.join(row)} {STRIKE.lower()}"
    flags = mark_blocks(words(pa.array([text]))).flags
    assert bool((flags & BLOCK).any()) is is_list


def test_weeks_later_an_outlet_reuses_background() -> None:
    """Within an outlet, a part carried over after more than 14 days is background; in time or elsewhere a copy."""
    bodies = (STRIKE, f"{STRIKE} {LIBRARY} {BRIDGE}")
    assert relate(pairs((0, 1)), wordings(*bodies, outlet="Courier", days=(1, 20))).rejected[
        "reason"
    ].to_pylist() == ["background"]
    assert relate(pairs((0, 1)), wordings(*bodies, outlet="Courier", days=(1, 2))).kept.num_rows == 1
    assert relate(pairs((0, 1)), wordings(*bodies, days=(1, 20))).kept.num_rows == 1


def test_container_and_numbers_are_named() -> None:
    """A contains edge names the longer article, and lists the numbers that both give."""
    row = relate(pairs((0, 1)), wordings(LONG, STRIKE)).kept.to_pylist()[0]
    assert row["container_article_id"] == "0000"
    assert row["shared_numbers"] == ["612", "148", "3.5", "2", "40"]
    assert row["differing_numbers"] == []


def test_every_pair_gets_one_verdict() -> None:
    """Pairs in are edges kept plus pairs rejected; none in, none out."""
    texts = wordings(STRIKE, BRIDGE, LONG, STRIKE)
    related = relate(pairs((0, 1), (0, 2), (0, 3), (1, 2)), texts)
    assert related.kept.num_rows + related.rejected.num_rows == 4
    empty = relate(pairs(), texts)
    assert (empty.kept.schema, empty.rejected.schema) == (KEPT, REJECTED)
    assert empty.kept.num_rows == empty.rejected.num_rows == 0


def test_unknown_article_is_an_error() -> None:
    """A pair whose text is missing is refused, not passed over."""
    with pytest.raises(ValueError, match="not among the wordings"):
        relate(pairs((0, 7)), wordings(STRIKE))


PHRASES = (
    "Mayor Orloff said on 12 March that",
    "“we will not go, not now and not ever,” she said.",
    "12 of 40 boats",
    "Photo by Edda. Hide caption",
    "in May the yield rose to 5.61 percent from",
    "a b c d e",
    "a b",
    "\n",
)
PASSAGES = st.lists(st.sampled_from(PHRASES), max_size=14).map(" ".join)


@settings(deadline=None)
@given(PASSAGES, PASSAGES, st.sampled_from([1, 1 << 17]))
@example("a b", "a b a b a b", 1)
@example("", "a", 1)
def test_pairs_are_measured_as_word_by_word(one: str, other: str, portion: int) -> None:
    """Many pairs at once, in portions of whatever size, give what reading each pair word by word gives."""
    texts = [one, other, STRIKE, one]
    batch = mark_blocks(words(pa.array(texts)))
    ends = np.array([(0, 1), (1, 0), (2, 0), (0, 3)])
    measured = [
        row
        for rows in (ends if portion == 1 else [ends])
        for row in rows_of(measure(batch, rows.reshape(-1, 2)))
    ]
    assert measured == [plain_measure(batch, a, b) for a, b in ends.tolist()]


@pytest.mark.parametrize("size", [0, 1, SMALL_GAP, SMALL_GAP + 1, FIGURE_GAP, FIGURE_GAP + 1])
@pytest.mark.parametrize("more", [0, FIGURE_SHIFT, FIGURE_SHIFT + 1])
def test_gaps_are_measured_as_word_by_word(size: int, more: int) -> None:
    """What stands between shared stretches counts up to the very word that the thresholds name."""
    shared = ["the mayor of the town said so", "and then they all went home"]
    one, other = (
        " ".join(
            [shared[0], *(f"{letter}{k}" if k % 2 else f"{k}{ord(letter)}" for k in range(count)), shared[1]]
        )
        for letter, count in (("P", size), ("Q", size + more))
    )
    batch = mark_blocks(words(pa.array([one, other])))
    assert rows_of(measure(batch, np.array([(0, 1)]))) == [plain_measure(batch, 0, 1)]


@pytest.mark.parametrize("case", [*COPIES.values(), *LOOK_ALIKES.values()])
def test_real_pairs_are_measured_as_word_by_word(case: tuple[str, str, str]) -> None:
    """Copies and look-alikes measure as reading them word by word does."""
    batch = mark_blocks(words(pa.array(case[:2])))
    assert rows_of(measure(batch, np.array([(0, 1)]))) == [plain_measure(batch, 0, 1)]
