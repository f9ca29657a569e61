"""Thresholds are versioned like rules: rows say by which they were decided, and a replay brings them to today's."""

import json
import random
import re
import shutil
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from asked import ask
from empty_warehouse import empty_warehouse
from forked import fork

from copydesk.flows.ingest.plan import ingest
from copydesk.flows.replay import rehearse_replay, replay
from copydesk.flows.settings import Settings
from copydesk.flows.settle_copies import CopyThresholds
from copydesk.flows.settle_stories import SettleStoriesThresholds
from copydesk.flows.thresholds import DEFAULTS, Thresholds, bounds, read_thresholds
from copydesk.flows.thresholds_version import AREAS, _numbers, thresholds_version
from copydesk.schemas.user_error import UserError
from copydesk.transforms.copies.judge import weights
from copydesk.transforms.dates.infer_story import TrustThresholds
from copydesk.transforms.site_memory.judge_sightings import SiteThresholds
from copydesk.transforms.stories.cluster_votes import ClusterThresholds
from copydesk.transforms.stories.story_state import StoryThresholds
from copydesk.warehouse.connect import connect_reader
from copydesk.warehouse.run_thresholds import find_stale_areas

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
STRICT = Thresholds(
    sites=SiteThresholds(
        voice_witnesses=99, voice_many_witnesses=99, tail_sentence_witnesses=99, tail_label_witnesses=99
    ),
    copies=CopyThresholds(weights=replace(weights(), needed=99.0)),
    stories=SettleStoriesThresholds(story=StoryThresholds(cluster=ClusterThresholds(floor=2.0))),
    intervals=TrustThresholds(score=2.0),
)
BIO = "Desk columnist Wilma Tarn keeps a boat and two goats in Lower Sedge."
SETTLED = {
    "articles": "select article_id, site from articles",
    "bodies": "select revision_id, body, layout, same_as_revision_id from revisions",
    "spans": "select * exclude (run_id) from boilerplate_spans",
    "lines": "select * exclude (run_id) from site_lines",
    "sightings": "select * exclude (run_id) from site_sightings",
    "sketches": "select * exclude (run_id) from sketches",
    "copies": "select * exclude (run_id, decided_at) from duplicates",
    "look_alikes": "select * exclude (run_id, decided_at) from look_alikes",
    "groups": "select * exclude (run_id) from duplicate_groups",
    "stories": "select list(article_id order by article_id), any_value(parameters_version) from story_members group by story_id",
    "members": "select article_id, score, evidence, parameters_version from story_members",
    "intervals": "select revision_id, columns('published_between_.*') from revisions",
    "own_intervals": "select * exclude (run_id) from text_intervals",
}


def piece(number: int) -> str:
    return (
        f"Kestrel Sound opens its ferry dock, part {number}\n\nThe ferry dock of Kestrel Sound opened again on Tuesday"
        f" after nine weeks of work, and {400 + number} people stood in the rain to see it.\n\nWarden Ines Tallow said"
        f" the dock had been tested {number} times. “It stands as straight as it did,” Ines Tallow said of pier"
        f" {number}.\n\nThe council of Kestrel Sound paid 1.2 million crowns for it.\n"
    )


def aside(topic: int) -> str:
    """A piece on a matter of its own, with its columnist's line."""
    chance = random.Random(topic)
    words = [
        "".join(chance.choices("bcdfglmnprst", k=3)) + "".join(chance.choices("aeiou", k=2))
        for _ in range(60)
    ]
    lines = [
        f"The {words[at]} of {words[at + 1].capitalize()} {' '.join(words[at + 2 : at + 14])} ran late."
        for at in range(0, 45, 15)
    ]
    return "\n\n".join([*lines, BIO])


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six pieces on one event, some undated, a copy of one, and four with a line that their site repeats."""
    rows: list[dict[str, Any]] = [
        {"id": f"dock-{number}", "url": f"https://desk.example/{number}", "text": piece(number)}
        | ({"published_at": f"2026-02-{10 + number}"} if number % 3 else {})
        for number in range(6)
    ]
    rows.append({"id": "copy", "url": "https://other.example/1", "text": piece(1)})
    rows += [
        {"id": f"aside-{topic}", "url": f"https://desk.example/aside/{topic}", "text": aside(topic)}
        for topic in (1, 2, 3, 4)
    ]
    path = tmp_path_factory.mktemp("desk") / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    place = empty_warehouse(path.parent / "w")
    ingest([path], settings=Settings(warehouse=place.folder, workers=1), now=NOW, source="desk")
    return path


@pytest.fixture
def old(tmp_path: Path, file: Path) -> Settings:
    """The warehouse of a run by today's thresholds."""
    return Settings(warehouse=shutil.copytree(file.parent / "w", tmp_path / "old"), workers=1)


def state(settings: Settings) -> dict[str, list[str]]:
    return {name: sorted(map(str, ask(settings, sql))) for name, sql in SETTLED.items()}


def test_a_replay_by_other_thresholds_ends_where_a_fresh_ingest_would(
    tmp_path: Path, old: Settings, file: Path
) -> None:
    """Lines, copies, stories and intervals follow the thresholds there and back; what stands says by which it does."""
    fresh = Settings(warehouse=empty_warehouse(tmp_path / "fresh").folder, workers=1)
    ingest([file], settings=fresh, now=NOW, source="desk", thresholds=STRICT)
    before, wanted = state(old), state(fresh)
    assert {name for name in before if before[name] != wanted[name]} >= {
        "bodies",
        "lines",
        "copies",
        "stories",
        "intervals",
    }
    snapshots = ask(old, "select count(*) from lake.snapshots()")
    told = rehearse_replay(old, thresholds=STRICT)
    assert (told.stale, told.changes, told.run_id) == (("sites", "copies", "stories", "intervals"), (), None)
    assert ask(old, "select count(*) from lake.snapshots()") == snapshots
    taken = replay(old, now=NOW + timedelta(hours=1), thresholds=STRICT)
    assert (taken.stale, taken.changes, bool(taken.run_id)) == (told.stale, (), True)
    assert state(old) == wanted
    back = replay(old, now=NOW + timedelta(hours=2))
    assert back.stale == told.stale
    assert state(old) == before
    with connect_reader(old.place) as con:
        assert find_stale_areas(con, DEFAULTS.versions()) == []
    recorded = [json.loads(row[0]) for row in ask(old, "select parameters from runs order by started_at")]
    assert [row["copies"] for row in recorded] == [
        each.versions()["copies"] for each in (DEFAULTS, STRICT, DEFAULTS)
    ]
    assert ask(old, "select distinct parameters_version from look_alikes union select distinct parameters_version"
                      " from duplicates") == [(DEFAULTS.versions()["copies"],)]  # fmt: skip


def test_each_threshold_has_a_part_in_its_version() -> None:
    """Changing one number of one area changes the version of that area, and of no other."""
    stricter = replace(DEFAULTS, copies=CopyThresholds(weights=replace(weights(), needed=99.0)))
    versions, others = DEFAULTS.versions(), stricter.versions()
    assert {area for area in versions if versions[area] != others[area]} == {"copies"}
    assert len({thresholds_version(area) for area in AREAS}) >= len(AREAS) - 1


FORMS = """
LEAST = 3
MOST: int = 4_000  # as measured
BYTES = 5 << 20
RATIO, WEIGHT = 0.6, 7
TRUST = {
    "meta": 8,
    Way.PROSE: -0.9,
}
@dataclass
class Thresholds:
    days: float = 1.1

def told(item: Item) -> bool:
    return item.weight >= 1.2 and item.words < 13 and 14 <= item.chars <= 15 and item.kind == 16
"""
"""A number in each form in which modules write thresholds."""


@pytest.mark.parametrize("number", re.findall(r"(?<![\w.])-?\d[\d_.]*", FORMS))
def test_a_number_counts_in_every_form(number: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a threshold is written as, another value is another version."""
    module = tmp_path / "copies" / "judge.py"
    module.parent.mkdir()
    monkeypatch.setattr("copydesk.transforms.__path__", [str(tmp_path)])
    versions = []
    for source in (FORMS, FORMS.replace(f" {number}", " 99", 1)):
        module.write_text(source)
        _numbers.cache_clear()
        versions.append(thresholds_version("copies"))
    _numbers.cache_clear()
    assert versions[0] != versions[1]


def test_a_number_is_the_same_in_any_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files that are joined or renamed settle nothing anew; a number that changes does."""
    versions = []
    for number, (file, value) in enumerate([("judge.py", 3), ("weigh.py", 3), ("weigh.py", 4)]):
        package = tmp_path / str(number) / "copies"
        package.mkdir(parents=True)
        (package / file).write_text(f"LEAST = {value}\n")
        monkeypatch.setattr("copydesk.transforms.__path__", [str(package.parent)])
        _numbers.cache_clear()
        versions.append(thresholds_version("copies"))
    _numbers.cache_clear()
    assert versions[0] == versions[1] != versions[2]


def test_versions_are_the_same_in_every_process(tmp_path: Path) -> None:
    """A version hangs on the numbers alone: not on the process, the order of imports or the seed of its hashes."""
    code = "from copydesk.flows.thresholds import DEFAULTS; print(sorted(DEFAULTS.versions().items()))"
    told = fork(tmp_path / "said", exec, code, {}).told()
    assert told == (0, f"{sorted(DEFAULTS.versions().items())}\n", "")


def test_thresholds_of_the_settings_stand_on_the_edges(tmp_path: Path, old: Settings) -> None:
    """A file of own thresholds decides like given ones, on a replay too; the edges bear its version."""
    own = tmp_path / "thresholds.toml"
    own.write_text("[copies.weights]\nneeded = -9\n[copies.look_up]\nlook_back_days = 30\n")
    balances = "select evidence from look_alikes order by 1"
    before = ask(old, balances)
    loose = old.model_copy(update={"thresholds": own})
    replay(loose, now=NOW + timedelta(hours=1))
    version = read_thresholds(own).versions()["copies"]
    assert version != DEFAULTS.versions()["copies"]
    assert ask(old, balances) != before
    assert set(ask(old, "select parameters_version from duplicates")) == {(version,)}
    assert rehearse_replay(loose).stale == ()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("[copies.rule]\nrun = 1", "copies.rule is no threshold; there are look_up, weights"),
        ("[copies]\nlook_up = 1", "copies.look_up must be a table"),
        ("[copies.look_up]\ncommon_articles = 1.5", "common_articles must be a whole number, not 1.5"),
        ("[copies.weights]\nneeded = true", "needed must be a number, not True"),
        ("[copies.weights]\nneeded = nan", "needed must be a number from -1,000 to 1,000, not nan"),
        ("[copies.look_up]\nlook_back_days = -3", "look_back_days must be a number from 0 to 36,500, not -3"),
        ("[stories]\nfeed_days = 1e308", "feed_days must be a number from 0 to 36,500, not 1e+308"),
        (
            "[stories.window]\narrival_days = 40_000",
            "arrival_days must be a number from 0 to 36,500, not 40000",
        ),
        ("[sites]\nclosing_ratio = 1.1", "closing_ratio must be a number from 0 to 1, not 1.1"),
        ("[copies", "thresholds.toml: "),
    ],
)
def test_a_file_of_thresholds_says_what_is_wrong(tmp_path: Path, given: str, said: str) -> None:
    """An unknown name, another kind of value, no number at all or one that nothing can be are refused with their place."""
    (own := tmp_path / "thresholds.toml").write_text(given)
    with pytest.raises(UserError, match=re.escape(said)):
        read_thresholds(own)


def numbers_of(record: Any) -> dict[str, Any]:
    """Return the thresholds of a record and those below it, with dots between."""
    told = {field.name: getattr(record, field.name) for field in fields(record)}
    below = {name: numbers_of(value) if is_dataclass(value) else {"": value} for name, value in told.items()}
    return {f"{name}.{rest}".strip("."): each for name, deep in below.items() for rest, each in deep.items()}


def test_a_run_by_any_thresholds_ends_well(tmp_path: Path, file: Path) -> None:
    """Each threshold at its least or its most, a replay with each at its other end: nothing overflows, divides by 0 or fails."""
    draw, own = random.Random(13), tmp_path / "thresholds.toml"
    ends = {name: draw.sample(bounds(name, now), 2) for name, now in numbers_of(DEFAULTS).items()}
    settings = Settings(warehouse=empty_warehouse(tmp_path / "w").folder, workers=1, thresholds=own)
    own.write_text("".join(f"{name} = {end}\n" for name, (end, _) in ends.items()))
    assert ingest([file], settings=settings, now=NOW, source="desk").state == "done"
    own.write_text("".join(f"{name} = {end}\n" for name, (_, end) in ends.items()))
    assert replay(settings, now=NOW + timedelta(hours=1)).stale
