"""Trying a rule file: it shows what would change, and changes nothing."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from own_rule import CLOCK, write_rule

from copydesk.flows.ingest.plan import ingest
from copydesk.flows.rules_test import KEPT_NOW, rules_test
from copydesk.flows.settings import Settings
from copydesk.transforms.rules.parse_rules import RuleError
from copydesk.warehouse.connect import connect_reader

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
TEXT = (
    "Kestrel Sound opens its ferry dock\n\nThe dock of Kestrel Sound opened again on Tuesday after nine weeks of"
    " work, and four hundred people stood in the rain to see it.\n\nThe council paid 1.2 million crowns for it, a"
    f" third more than it had planned in spring.\n\n{CLOCK}\n"
)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A warehouse for all tests: what is tried writes nothing, as the first of them shows."""
    root = tmp_path_factory.mktemp("rules")
    (root / "desk").mkdir()
    (root / "desk" / "a.txt").write_text(TEXT, "utf-8")
    settings = Settings(warehouse=root / "warehouse", workers=1)
    ingest([root / "desk"], settings=settings, now=NOW)
    return settings


def own(tmp_path: Path, *, example: str = CLOCK) -> Path:
    return write_rule(tmp_path / "own.toml", example=example)


def test_what_a_file_would_take_out_is_shown_with_its_neighbours(settings: Settings, tmp_path: Path) -> None:
    """Each paragraph that newly goes stands under its rule, with what is above it; the tables stay."""
    found = rules_test(own(tmp_path), settings=settings)
    (effect,) = found.removed
    assert (found.texts_count, effect.rule_id, effect.origin) == (1, "own.quay-clock", "a.txt")
    assert (effect.text, effect.below) == (CLOCK, "")
    assert effect.above.startswith("The council paid")
    assert found.kept == ()
    with connect_reader(settings.place) as con:
        assert con.execute("select body like ? from revisions", [f"%{CLOCK}%"]).fetchall() == [(True,)]


def test_what_a_file_would_keep_is_shown(settings: Settings, tmp_path: Path) -> None:
    """Where rules are in force, a file that switches one off shows what comes back."""
    first = own(tmp_path)
    in_force = Settings(warehouse=settings.warehouse, workers=1, rules=(first,))
    off = tmp_path / "off.toml"
    off.write_text('disable = ["own.quay-clock"]\n', "utf-8")
    found = rules_test(off, settings=in_force)
    assert [(effect.rule_id, effect.text) for effect in found.kept] == [(KEPT_NOW, CLOCK)]
    assert found.removed == ()


def test_a_wrong_example_is_told(settings: Settings, tmp_path: Path) -> None:
    """A rule that doesn't take its own example is refused before any text is read."""
    with pytest.raises(RuleError, match="quay-clock"):
        rules_test(own(tmp_path, example="The tower clock says 12"), settings=settings)


def test_source_and_limit_choose_the_texts(settings: Settings, tmp_path: Path) -> None:
    """Only what was asked for is read."""
    assert rules_test(own(tmp_path), settings=settings, source="elsewhere").texts_count == 0
    assert rules_test(own(tmp_path), settings=settings, limit=1).texts_count == 1
