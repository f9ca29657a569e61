"""The laws that hold over whole runs: lossless, order-free, accounted for, repeatable."""

import hashlib
import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from empty_warehouse import empty_warehouse
from small_databases import whole_databases

from copydesk.flows.ingest.plan import ingest
from copydesk.flows.settings import Settings
from copydesk.transforms.span_rows import restore_text
from copydesk.warehouse.connect import connect_reader
from copydesk.warehouse.place import Place

NOW = datetime(2026, 3, 1, tzinfo=UTC)
SEEDS = Path(__file__).parent.parent.parent / "seeds" / "articles"
CONTENT = {
    "revisions": "select revision_id, article_id, revision_number, is_latest, title, body_sha256 from revisions",
    "spans": "select revision_id, start_char, end_char, kind, rule_id, text from boilerplate_spans",
    "groups": "select article_id, group_id, is_representative from duplicate_groups",
    "copies": "select article_id_a, article_id_b, relation, evidence from duplicates",
    "intervals": "select revision_id, columns('published_between_.*') from revisions",
    "stories": "select list(article_id order by article_id) from story_members group by story_id",
}


@pytest.fixture(scope="module", autouse=True)
def _whole_databases() -> Iterator[None]:
    """The laws hold whatever order DuckDB's threads and plans bring rows in."""
    with whole_databases():
        yield


def rows_of_seeds() -> list[dict[str, Any]]:
    """The sample's articles as rows with an own id, so that place in a file does not matter, and two more copies."""
    rows = [
        {"id": path.name, "text" if path.suffix == ".txt" else "html": path.read_text("utf-8")}
        for path in sorted(SEEDS.iterdir())
        if path.suffix in {".txt", ".html"}
    ]
    return rows + [{**row, "id": f"again-{row['id']}"} for row in rows[:2]]


def content(settings: Settings) -> dict[str, list[str]]:
    """What the tables say, as sorted rows."""
    with connect_reader(settings.place) as con:
        return {name: sorted(map(str, con.execute(sql).fetchall())) for name, sql in CONTENT.items()}


def run(settings: Settings, folder: Path, rows: list[dict[str, Any]], now: datetime) -> Any:
    file = folder / "rows.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return ingest([file], settings=settings, source="desk", now=now)


@pytest.fixture(scope="module")
def at_once(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    folder = tmp_path_factory.mktemp("at_once")
    settings = Settings(warehouse=folder / "w", workers=1)
    run(settings, folder, rows_of_seeds(), NOW)
    return content(settings)


def test_order_and_batches_do_not_matter(tmp_path: Path, at_once: dict[str, list[str]]) -> None:
    """All at once = in parts, shuffled: the same revisions, spans, copies, groups and stories.

    A group bears the id of its first seen member, so every part is read at the same instant; a story keeps
    the id under which it was opened, so stories are compared by their members.
    """
    rows = rows_of_seeds()
    random.Random(1).shuffle(rows)
    settings = Settings(warehouse=empty_warehouse(tmp_path / "w").folder, workers=2)
    parts = [rows[:1], rows[1:6], rows[6:]]
    for part in parts:
        run(settings, tmp_path, part, NOW)
    assert content(settings) == at_once


def test_no_arrival_speaks_for_copies(tmp_path: Path) -> None:
    """Copies of one day have the same representative, score and evidence, whichever came in the first run."""
    paragraphs = [
        f"Warden Hetty Quarle counted {number * 37 + 11} barrels in shed {number} of Marrow Bay and wrote to Ivo Brandt."
        for number in range(12)
    ]
    rows = [
        {"id": name, "published_at": "2026-02-03", "text": "\n\n".join(paragraphs[:end])}
        for name, end in (("short", 10), ("long", 12), ("middle", 11))
    ]
    told = []
    for number, order in enumerate((("short", "long middle"), ("middle", "short long"))):
        settings = Settings(warehouse=empty_warehouse(tmp_path / str(number)).folder, workers=1)
        for hour, names in enumerate(order):
            chosen = [row for row in rows if row["id"] in names.split()]
            run(settings, tmp_path, chosen, NOW + timedelta(hours=hour))
        with connect_reader(settings.place) as con:
            told.append(
                con.execute(
                    "select external_id, is_representative, score, evidence from story_members"
                    " join articles using (article_id) left join duplicate_groups using (article_id) order by 1"
                ).fetchall()
            )
    assert told[0] == told[1]
    assert sorted(row[1] for row in told[0]) == [False, False, True]


def test_nothing_is_lost(sample: Place) -> None:
    """Body, spans and layout put back give the extracted text, byte for byte, for every revision."""
    with connect_reader(sample) as con:
        revisions = con.execute("select * from revisions").to_arrow_table().to_pylist()
        spans = (
            con.execute("select * from boilerplate_spans order by start_char").to_arrow_table().to_pylist()
        )
    assert len(revisions) >= 14
    for revision in revisions:
        own = [span for span in spans if span["revision_id"] == revision["revision_id"]]
        text = restore_text(revision, own)
        assert hashlib.sha256(text.encode()).hexdigest() == revision["extracted_sha256"]
        assert all(text[span["start_char"] : span["end_char"]] == span["text"] for span in own)


def test_everything_is_explained_and_versioned(sample: Place) -> None:
    """Every removal names its rule, every date its reason, every copy its evidence; versions stand on each revision."""
    with connect_reader(sample) as con:
        for offenders in (
            "select * from boilerplate_spans where rule_id = '' or evidence = ''",
            "select * from date_candidates where reason = '' or method = ''",
            "select * from duplicates where evidence = ''",
            "select * from story_members where evidence = ''",
            "select * from revisions where versions.extractor is null or versions.rules is null",
        ):
            assert con.execute(offenders).fetchall() == []
        assert con.execute("select count(*) from duplicates").fetchone() != (0,)
