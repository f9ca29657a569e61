"""What a shard receives is kept, whatever dies or is damaged; what was made of it is made again."""

import os
import random
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from copydesk.schemas.staged import ARRIVALS, REFINED_TABLES, STAGED
from copydesk.warehouse.repair_side_files import mend_staging
from copydesk.warehouse.staging.open_staging import Staging, open_staging
from copydesk.warehouse.staging.portions import choose_portion, list_portions
from copydesk.warehouse.staging.shard import UNFINISHED, Part, Shard, list_shards, write_folder, write_shard

NOW = datetime(2026, 1, 2, tzinfo=UTC)
VERSION = "abcd1234"


def arrivals(*names: str) -> pa.Table:
    rows = [
        {
            "document_id": name,
            "source_id": "desk",
            "origin": name,
            "fetched_at": NOW,
            "media_type": "text/plain",
            "payload": name.encode() * 500,
            "payload_bytes": 500 * len(name),
        }
        for name in names
    ]
    return pa.Table.from_pylist(rows, schema=ARRIVALS.schema)


def refusals(*names: str) -> pa.Table:
    rows = [
        {
            "document_id": name,
            "step": "read",
            "source_id": "desk",
            "origin": name,
            "reason": "too_large",
            "detail": "more than that",
            "quarantined_at": NOW,
        }
        for name in names
    ]
    return pa.Table.from_pylist(rows, schema=STAGED["refusals"].schema)


def states(*urls: str) -> pa.Table:
    rows = [
        {
            "source_id": "desk",
            "url": url,
            "role": "page",
            "outcome": "stored",
            "first_seen_at": NOW,
            "has_trusted_validators": True,
            "fetch_count": 1,
            "not_modified_count": 0,
            "failure_count": 0,
        }
        for url in urls
    ]
    return pa.Table.from_pylist(rows, schema=STAGED["url_states"].schema)


def made(*names: str) -> dict[str, pa.Table]:
    empty = {name: STAGED[name].schema.empty_table() for name in REFINED_TABLES}
    return empty | {"refusals": refusals(*names)}


def ranges(parts: list[Part]) -> list[tuple[int, int]]:
    return [(part.start, part.stop) for part in parts]


def test_a_portion_is_full_by_what_it_unpacks_to(tmp_path: Path) -> None:
    """Texts that repeat themselves take no room on disk and all of it in memory."""
    for _ in range(3):
        rows = arrivals("a" * 300_000)
        write_shard(tmp_path, arrivals=rows)
    staging = Staging(tmp_path, VERSION)
    assert [len(portion) for portion in list_portions(staging, documents=100)] == [1, 1, 1]
    assert sum(file.stat().st_size for file in tmp_path.rglob("*.parquet")) < 2**20


def test_what_is_left_to_refine_is_what_no_part_covers(tmp_path: Path) -> None:
    """Parts may come in any order and of any size, those of another version count for nothing."""
    shard = write_shard(tmp_path, arrivals=arrivals(*"abcdefgh", "x"), refusals=refusals("x"))
    (whole,) = shard.unrefined(VERSION)
    assert (whole.num_rows, whole.read()["document_id"].to_pylist()) == (8, list("abcdefgh"))
    whole.slice(5, 2).write(made("f", "g"))
    whole.slice(0, 1).write(made("a"))
    assert ranges(shard.unrefined(VERSION)) == [(1, 5), (7, 8)]
    assert whole.slice(1, 6).slice(2, 2).read()["document_id"].to_pylist() == ["d", "e"]
    assert ranges(shard.unrefined("other000")) == [(0, 8)]
    for part in shard.unrefined(VERSION):
        part.write(made("rest"))
    assert shard.unrefined(VERSION) == []
    assert len(shard.files("refusals")) == 5  # that of reading among them
    shard.keep_only("other000")
    assert (ranges(shard.unrefined("other000")), len(shard.files("refusals"))) == ([(0, 8)], 1)


def test_what_a_killed_worker_left_is_no_part_of_what_is_written_in_its_place(tmp_path: Path) -> None:
    """A worker may be stopped in the middle of a file: its refusal stands alone in the folder then."""
    shard = write_shard(tmp_path, arrivals=arrivals("a"))
    (part,) = shard.unrefined(VERSION)
    half = shard.folder / f"{VERSION}-000000-000001{UNFINISHED}" / "refined.parquet"
    half.parent.mkdir()
    half.write_bytes(b"")
    part.write(made("a"))
    assert (len(shard.files("refusals")), shard.files("refined")) == (1, [])


@pytest.mark.parametrize("written", [0, 1, 2])
def test_a_folder_appears_once_all_its_files_are_on_disk(
    tmp_path: Path, written: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever ends the writing, nobody takes what is there for a shard."""
    write_table, calls = pq.write_table, []

    def fail(*args: object, **kwargs: object) -> None:
        if len(calls) == written:
            raise OSError(28, "No space left on device")
        calls.append(1)
        write_table(*args, **kwargs)

    monkeypatch.setattr(pq, "write_table", fail)
    with pytest.raises(OSError, match="space"):
        write_shard(
            tmp_path, arrivals=arrivals("a", "x"), refusals=refusals("x"), states={"url_states": states("u")}
        )
    assert [*list_shards(tmp_path)] == []
    assert all(each.suffix == UNFINISHED for each in tmp_path.iterdir())


DAMAGES: dict[str, Callable[[Path], object]] = {
    "empty": lambda file: file.write_bytes(b""),
    "text": lambda file: file.write_text("disk quota exceeded\n" * 500),
    "zeros": lambda file: file.write_bytes(bytes(file.stat().st_size)),
    "noise": lambda file: file.write_bytes(os.urandom(file.stat().st_size)),
    "first half": lambda file: file.write_bytes(file.read_bytes()[: file.stat().st_size // 2]),
    "gone": lambda file: file.unlink(),
}


def two_shards(folder: Path) -> list[Shard]:
    for name in "ab":
        shard = write_shard(
            folder, arrivals=arrivals(name, "x"), refusals=refusals("x"), states={"url_states": states(name)}
        )
        for part in shard.unrefined(VERSION):
            part.write(made(name))
    return [*list_shards(folder)]


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_a_damaged_shard_is_set_aside_and_nothing_says_that_it_is_in(
    tmp_path: Path, damage: Callable[[Path], object]
) -> None:
    """The other shards stay; the states of all go, since one of them may speak of the lost documents."""
    first, second = two_shards(tmp_path)
    damage(first.folder / "arrivals.parquet")
    (note,) = mend_staging(tmp_path)
    assert note.startswith(f"{first.folder.name} was damaged (")
    assert [*list_shards(tmp_path)] == [second]
    assert (tmp_path / f"{first.folder.name}.damaged-1").is_dir()
    assert (second.files("url_states"), len(second.files("arrivals"))) == ([], 1)
    assert mend_staging(tmp_path) == ()


def rename(file: Path) -> object:
    """Name a file as a table of another version."""
    return file.rename(file.with_stem("opinions"))


@pytest.mark.parametrize("damage", [*(DAMAGES[name] for name in DAMAGES if name != "gone"), rename])
def test_what_was_made_is_made_again_where_it_is_damaged(
    tmp_path: Path, damage: Callable[[Path], object]
) -> None:
    """Nothing was lost, so nothing is said: also where another version has made a table that today's does not know."""
    first, second = two_shards(tmp_path)
    damage(first.folder / f"{VERSION}-000000-000001" / "refusals.parquet")
    assert mend_staging(tmp_path) == ()
    assert (ranges(first.unrefined(VERSION)), second.unrefined(VERSION)) == ([(0, 1)], [])
    assert len(first.files("url_states")) == 1


def test_no_flipped_bit_changes_a_text_in_silence(tmp_path: Path) -> None:
    """Wherever a bit flips, what was received is set aside, or reads as it did."""
    texts = [f"{number} told of {number * 37} barrels on the quay" for number in range(40)]
    shard = write_shard(tmp_path / "whole", arrivals=arrivals(*texts))
    file = shard.folder / "arrivals.parquet"
    sound, data = pq.read_table(file), file.read_bytes()
    draw = random.Random(3)
    seen = 0
    for _ in range(60):
        flipped = bytearray(data)
        flipped[draw.randrange(len(data))] ^= 1 << draw.randrange(8)
        file.write_bytes(flipped)
        if notes := mend_staging(tmp_path / "whole"):
            assert "was damaged" in notes[0]
            seen += 1
            for aside in (tmp_path / "whole").glob("*.damaged-*"):
                aside.rename(shard.folder)
        else:
            assert pq.read_table(file).equals(sound)
    assert seen > 30


def test_what_reading_refused_is_not_lost_in_silence(tmp_path: Path) -> None:
    """Refusals cannot be made again from the shard: it is set aside, and its source is read again."""
    first, _ = two_shards(tmp_path)
    DAMAGES["noise"](first.folder / "reading-0-0" / "refusals.parquet")
    (note,) = mend_staging(tmp_path)
    assert "refusals.parquet" in note


def test_what_another_version_received_gets_the_columns_of_today(tmp_path: Path) -> None:
    """A column more or less is no loss; one that must not be null is."""
    first, second = two_shards(tmp_path)
    rows = arrivals("a", "x")
    other = rows.drop_columns(["carrier_url"]).append_column("opinion", pa.array(["good", "bad"]))
    pq.write_table(other, first.folder / "arrivals.parquet")
    assert mend_staging(tmp_path) == ()
    assert pq.read_table(first.folder / "arrivals.parquet").schema.names == list(ARRIVALS.columns)
    pq.write_table(rows.drop_columns(["media_type"]), second.folder / "arrivals.parquet")
    (note,) = mend_staging(tmp_path)
    assert "media_type" in note


def test_a_folder_may_be_called_anything(tmp_path: Path) -> None:
    """A quotation mark in the path of a warehouse ends no string of SQL."""
    folder = tmp_path / "o'brien's \"desk\""
    write_shard(folder, arrivals=arrivals("a"), states={"url_states": states("u")})
    with duckdb.connect() as con:
        con.execute("create table tombstones (kind varchar, subject_hash varchar)")
        staging = open_staging(con, folder, version=VERSION)
        assert con.sql("select url from staging.url_states").fetchall() == [("u",)]
        choose_portion(con, [*list_shards(staging.folder)])
        assert con.sql("select document_id from staging.arrivals").fetchall() == [("a",)]


def test_rows_that_do_not_conform_are_not_staged(tmp_path: Path) -> None:
    """A shard holds what the tables can hold."""
    with pytest.raises(ValueError, match="payload_bytes"):
        write_folder(tmp_path / "made", {"arrivals": arrivals("a").drop_columns(["payload_bytes"])})
