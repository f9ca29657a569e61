"""Cleaning without a warehouse, where several documents of one site repeat a line."""

from pathlib import Path

from copydesk.flows.clean import clean_paths
from copydesk.flows.ingest.plan import ingest
from copydesk.flows.settings import Settings
from copydesk.warehouse.connect import connect_reader

FOOTER = "The Harbour Sheet is printed on recycled paper at Stenby."
MATTERS = ("ferry", "school", "bakery", "lighthouse", "quarry", "theatre")
PEOPLE = ("Older", "Petrel", "Marsh", "Quill", "Tarn", "Vesper")


def write_folder(folder: Path, count: int = len(MATTERS)) -> Path:
    """Write articles of an outlet that ends each with the same sentence."""
    folder.mkdir()
    for matter, person in list(zip(MATTERS, PEOPLE, strict=True))[:count]:
        lines = (
            f"Council weighs the future of the {matter}",
            f"The council of Stenby met on Tuesday to decide what becomes of the {matter} after a long winter.",
            f"Treasurer {person} told the {matter} committee that repairs cost more than the town takes in a year.",
            f"Neighbours of the {matter} filled the hall, and {person} answered their questions until midnight.",
            FOOTER,
        )
        (folder / f"{matter}.txt").write_text("\n\n".join(lines))
    return folder


def bodies(paths: list[Path]) -> dict[str, str]:
    """Clean the paths; return the bodies by the names of their files."""
    return {Path(record["origin"]).name: record["body"] for record in clean_paths(paths, settings=Settings())}


def test_what_a_folder_repeats_leaves_and_is_told_as_a_span(tmp_path: Path) -> None:
    """A line that the articles of a folder share is out of each, at its place, and nothing else is."""
    folder = write_folder(tmp_path / "sheet")
    records = list(clean_paths([folder], settings=Settings()))
    assert len(records) == len(list(folder.iterdir()))
    for record in records:
        spans = [span for span in record["spans"] if span["rule_id"] == "site.line"]
        assert [span["text"] for span in spans] == [FOOTER]
        assert record["extracted_text"][spans[0]["start_char"] : spans[0]["end_char"]] == FOOTER
        assert FOOTER not in record["body"]
        assert "until midnight" in record["body"]


def test_one_article_proves_nothing(tmp_path: Path) -> None:
    """A line that nobody else carries stays."""
    folder = write_folder(tmp_path / "sheet", 1)
    assert [body.endswith(FOOTER) for body in bodies([folder]).values()] == [True]


def test_files_of_one_folder_are_one_site_however_they_are_named(tmp_path: Path) -> None:
    """Naming the files or their folder gives the same bodies; files of other folders prove nothing."""
    folder = write_folder(tmp_path / "sheet")
    files = sorted(folder.iterdir())
    assert bodies(files) == bodies([folder])
    strangers = [(tmp_path / file.stem / "page.txt") for file in files]
    for stranger, file in zip(strangers, files, strict=True):
        stranger.parent.mkdir()
        stranger.write_text(file.read_text())
    records = clean_paths(strangers, settings=Settings())
    assert [record["body"].endswith(FOOTER) for record in records] == [True] * len(files)


def test_cleaning_gives_the_bodies_of_an_ingest(tmp_path: Path) -> None:
    """Without a warehouse a folder's bodies are those that a first ingest of it stores."""
    folder = write_folder(tmp_path / "sheet")
    settings = Settings(warehouse=tmp_path / "warehouse")
    ingest([folder], settings=settings)
    with connect_reader(settings.place) as con:
        stored = con.execute(
            "select origin, body from revisions join documents using (revision_id)"
        ).fetchall()
    assert {Path(origin).name: body for origin, body in stored} == bodies([folder])


def test_own_thresholds_hold_without_a_warehouse(tmp_path: Path) -> None:
    """Whoever asks for more witnesses than there are articles keeps the line, as in an ingest."""
    (own := tmp_path / "thresholds.toml").write_text(
        "[sites]\nvoice_witnesses = 20\ntail_sentence_witnesses = 20\n"
    )
    folder = write_folder(tmp_path / "sheet")
    records = clean_paths([folder], settings=Settings(thresholds=own))
    assert [record["body"].endswith(FOOTER) for record in records] == [True] * len(list(folder.iterdir()))
