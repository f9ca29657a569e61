"""A folder of few articles: what is rare in the world, not what is rare in it, makes a story."""

import json
import random
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from empty_warehouse import empty_warehouse

from copydesk.flows.ingest.plan import ingest
from copydesk.flows.settings import Settings
from copydesk.warehouse.connect import connect_reader

NOW = datetime(2026, 6, 1, tzinfo=UTC)
Row = dict[str, Any]


def row(name: str, source: str, title: str, text: str, day: str | None = None) -> Row:
    fields = {"id": name, "source": source, "title": title, "text": text, "language": "en"}
    return fields | ({"published_at": day} if day else {})


def prices(name: str, source: str, day: str, weekday: str, figures: tuple[str, str, str], firm: str) -> Row:
    """A report on prices, filled into the same form each day."""
    text = (
        f"Wool prices at the Tarvik auction moved on {weekday}, with the merino index at {figures[0]} crowns a bale. "
        f"{firm} bought the largest lot while {figures[1]} bales found no buyer. Turnover came to {figures[2]} thousand "
        "crowns. Brokers at the hall said that mills were waiting for the report on exports that the ministry of trade "
        "will put out at the end of the month. Freight rates were little changed. Among the finer grades there was "
        "demand from abroad. The hall opens again at eight o'clock."
    )
    return row(name, source, "Wool prices at Tarvik", text, day)


def match(name: str, source: str, sides: tuple[str, str], scorer: str, minute: int, crowd: str) -> Row:
    """A report on a match, in the form of that of every other one."""
    text = (
        f"{sides[0]} beat {sides[1]} on Saturday to climb in the league. {scorer} scored the winner in minute {minute} "
        f"with a shot from outside the area. A crowd of {crowd} saw the game on a heavy pitch. The guests began well "
        "but let three clear chances go. The manager said that the side had kept its patience and that harder games "
        "would come."
    )
    return row(name, source, f"{sides[0]} beat {sides[1]}", text, "2026-05-09")


VOTES = {
    "one": [
        row(
            *("a1", "Herald", "Liberals take Tarvik seat"),
            "The Liberals won the by-election in Tarvik on Sunday with 43.6 percent. Their candidate Edda Rusk beat Olof"
            " Brann of the Farmers' list by 1,872 votes. Turnout was 41 percent. Party leader Mona Hald spoke of a sign.",
            "2026-05-11",
        ),
        row(
            *("a2", "Courier", "Rusk wins Tarvik for the Liberals"),
            "Edda Rusk will sit for Tarvik after winning 43.6 percent in Sunday's by-election, 1,872 votes ahead of Olof"
            " Brann. Liberal leader Mona Hald called it a sign.",
            "2026-05-11",
        ),
    ],
    "other": [
        row(
            *("b1", "Herald", "Farmers hold Ulmen in by-election"),
            "The Farmers' list held Ulmen in the by-election on Sunday with 51.2 percent. Its candidate Karl Osten beat"
            " Vera Lind of the Liberals by 4,015 votes. Turnout was 46 percent. Party leader Mona Hald of the Liberals"
            " spoke of a long night.",
            "2026-05-11",
        ),
        row(
            *("b2", "Mirror", "Osten keeps Ulmen for the Farmers"),
            "Karl Osten beat Vera Lind by 4,015 votes in Ulmen, where the Farmers' list got 51.2 percent in Sunday's"
            " by-election. Liberal leader Mona Hald admitted a long night.",
            "2026-05-11",
        ),
    ],
}
FERRY = row(
    *("ferry", "Herald", "Ferry fares to rise"),
    "Fares on the Tarvik ferry will go up by eight percent in June, the operator said. Islanders called that unfair. The"
    " council will talk about it on Thursday. The last rise was two years ago, when fuel cost less.",
    "2026-05-11",
)
RESCUE = row(
    *("rescue", "Courier", "Canoeist saved"),
    "A man of 47 was pulled from the estuary on Sunday night after his canoe had tipped over in a gale. The lifeboat from"
    " Tarvik Point found him on a buoy at 10.20 p.m. He was taken to hospital cold but well, the coast guard said.",
    "2026-05-11",
)
FOLDERS = {
    "one town": [[FERRY], [RESCUE]],
    "one form, day by day": [
        [prices("p1", "Herald", "2026-05-04", "Monday", ("412.5", "31", "208"), "Lorn Mills")],
        [prices("p2", "Courier", "2026-05-05", "Tuesday", ("409.0", "54", "187"), "Aska Yarns")],
        [prices("p3", "Herald", "2026-05-06", "Wednesday", ("417.2", "12", "251"), "Lorn Mills")],
    ],
    "one form, other parties": [
        [match("m1", "Herald", ("Tarvik Town", "Ulmen Rovers"), "Per Moe", 71, "3,118")],
        [match("m2", "Courier", ("Aska Athletic", "Lorn United"), "Jon Vik", 58, "6,240")],
    ],
    "two votes of one day": list(VOTES.values()),
}


def stories(folder: Path, rows: list[Row]) -> list[list[str]]:
    """The ids of each story, in order."""
    file = folder / "rows.jsonl"
    file.write_text("".join(json.dumps(each) + "\n" for each in rows), "utf-8")
    settings = Settings(warehouse=empty_warehouse(folder / "w").folder, workers=1)
    ingest([file], settings=settings, now=NOW)
    query = (
        "select list(external_id order by external_id) as ids from story_members join articles using (article_id)"
        " group by story_id order by ids"
    )
    with connect_reader(settings.place) as con:
        return [ids for (ids,) in con.execute(query).fetchall()]


@pytest.mark.parametrize("name", FOLDERS)
def test_what_shares_a_place_or_a_form_is_no_story(tmp_path: Path, name: str) -> None:
    """Articles that share a town, a leader or the form of a report are stories of their own, few as they are."""
    wanted = FOLDERS[name]
    found = stories(tmp_path, [each for story in wanted for each in story])
    assert found == sorted(sorted(each["id"] for each in story) for story in wanted)


@pytest.mark.parametrize("count", [8, 40])
def test_random_words_make_no_story(tmp_path: Path, count: int) -> None:
    """Texts of the same words in any order tell of no event, in windows of any size. (110: `test_ingest.py`.)"""
    chance = random.Random(count)
    words = ["".join(chance.choices("bcdfglmnprst", k=4)) + chance.choice("aeiou") for _ in range(300)]
    rows = []
    for number in range(count):
        drawn = [" ".join(chance.choices(words, k=12)).capitalize() + "." for _ in range(9)]
        rows.append(row(str(number), f"Outlet {number % 4}", chance.choice(words), "\n\n".join(drawn)))
    assert [len(ids) for ids in stories(tmp_path, rows)] == [1] * count
