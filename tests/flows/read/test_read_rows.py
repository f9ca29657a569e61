"""Rows of files: articles under whatever names and shapes tools write them, and a bad one costs itself only."""

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from read_paths import NOW, SIX, read, write_rows

from copydesk.flows.read.fields import FieldNotes
from copydesk.flows.read.find_files import find_files
from copydesk.flows.read.raw_document import RawDocument, Refused
from copydesk.flows.read.read_files import read_files


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        pytest.param(
            {"id": 7, "url": "https://a.example/1", "title": "T", "text": "Body of six words and more", "published_at": "2024-01-02",
             "source": "The Gull", "language": "en", "authors": ["A B", "C D"]},
            {"external_id": "7", "url": "https://a.example/1", "title": "T", "payload": b"Body of six words and more",
             "published_at": "2024-01-02", "publisher": "The Gull", "language": "en", "authors": ("A B", "C D"),
             "media_type": "text/plain"},
            id="our names",
        ),
        pytest.param({"body": SIX, "date": "2024"}, {"payload": SIX.encode(), "published_at": "2024"}, id="body, date"),
        pytest.param({"content": SIX, "publish_date": "2024"}, {"payload": SIX.encode(), "published_at": "2024"}, id="content"),
        pytest.param({"raw_html": "<p>x"}, {"payload": b"<p>x", "media_type": "text/html"}, id="raw_html"),
        pytest.param({"text": SIX, "html": "<p>y"}, {"payload": SIX.encode(), "media_type": "text/plain"}, id="text goes first"),
        pytest.param({"text": " ", "html": "<p>y"}, {"payload": b"<p>y"}, id="blank text counts as none"),
        pytest.param(
            {"text": SIX, "authors": [{"@type": "Person", "name": "A B"}], "source": {"name": "The Gull"}},
            {"authors": ("A B",), "publisher": "The Gull"},
            id="people and outlets as objects",
        ),
        pytest.param({"text": SIX, "authors": "A B"}, {"authors": ("A B",)}, id="one author as text"),
    ],
)  # fmt: skip
def test_fields_under_the_names_that_tools_write(
    tmp_path: Path, row: dict[str, Any], expected: dict[str, Any]
) -> None:
    """A row's fields are recognised under our names and the usual aliases, in JSONL as in Parquet."""
    (from_jsonl,) = read(write_rows(tmp_path / "rows.jsonl", [row]))
    pq.write_table(pa.Table.from_pylist([row]), tmp_path / "rows.parquet")
    (from_parquet,) = read(tmp_path / "rows.parquet")
    for document in (from_jsonl, from_parquet):
        assert {name: getattr(document, name) for name in expected} == expected


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        pytest.param(b'{"text": "cut', "invalid_json", id="broken"),
        pytest.param(b"[1, 2]", "invalid_row", id="not an object"),
        pytest.param(b'{"title": "no text"}', "no_text", id="no text"),
        pytest.param(b'{"text": ""}', "no_text", id="empty text"),
        pytest.param(b'{"text": "\xff"}', "invalid_encoding", id="not UTF-8"),
        pytest.param(b'{"text": "\\ud800"}', "invalid_encoding", id="lone surrogate"),
        pytest.param(b"[" * 100_000, "invalid_json", id="nested beyond reason"),
        pytest.param(b"\x00\x01\x02", "invalid_json", id="binary"),
    ],
)
def test_a_bad_line_costs_itself_only(tmp_path: Path, line: bytes, reason: str) -> None:
    """A line that is no article is refused with its number and a reason; its neighbours come through."""
    (tmp_path / "rows.jsonl").write_bytes(
        b'{"text": "one two three four five six"}\n' + line + b'\n\n{"text": "six five four three two one"}'
    )
    first, bad, last = read(tmp_path)
    assert isinstance(first, RawDocument)
    assert isinstance(last, RawDocument)
    assert isinstance(bad, Refused)
    assert (bad.line, bad.reason, last.line) == (2, reason, 4)


@pytest.mark.parametrize("text", ["[{0},\n{1}\n]\n", "[\n{0},\n{1}]", "{0},\n{1},\n"])
def test_rows_in_brackets_or_with_commas_are_rows(tmp_path: Path, text: str) -> None:
    """A list under the name of JSON lines is read as the list that it is, and a comma behind a row hurts nobody."""
    rows = [
        json.dumps({"title": f"Berth {number}", "text": SIX, "source": float("nan")}) for number in (1, 2)
    ]
    (tmp_path / "a.jsonl").write_text(text.replace("{0}", rows[0]).replace("{1}", rows[1]), "utf-8")
    read_ = [document for document in read(tmp_path) if isinstance(document, RawDocument)]
    assert [document.title for document in read_] == ["Berth 1", "Berth 2"]
    assert {document.publisher for document in read_} == {None}


TWICE = ["text", "title", "text", "Title"]
OF_ONE_NAME = [["", "Berth", SIX, "Quay"], [SIX, None, "Nothing but a cell of six words", "Quay"]]


@pytest.mark.parametrize("form", ["csv", "jsonl", "json", "parquet"])
def test_of_columns_of_one_name_the_first_that_holds_something_counts(tmp_path: Path, form: str) -> None:
    """An empty column does not hide the other of its name, and none stands before the first, in whatever format."""
    file = tmp_path / f"rows.{form}"
    lines = [
        "{"
        + ", ".join(f"{json.dumps(name)}: {json.dumps(cell)}" for name, cell in zip(TWICE, row, strict=True))
        + "}"
        for row in OF_ONE_NAME
    ]
    if form == "parquet":
        pq.write_table(
            pa.table([pa.array(cells) for cells in zip(*OF_ONE_NAME, strict=True)], names=TWICE), file
        )
    elif form == "csv":
        rows = [TWICE, *([cell or "" for cell in row] for row in OF_ONE_NAME)]
        file.write_text("\n".join(map(",".join, rows)), "utf-8")
    elif form == "jsonl":
        file.write_text("\n".join(lines), "utf-8")
    else:
        file.write_text(json.dumps({"columns": TWICE, "data": OF_ONE_NAME}), "utf-8")
    documents = [found for found in read(tmp_path) if isinstance(found, RawDocument)]
    assert [(each.payload, each.title) for each in documents] == [
        (SIX.encode(), "Berth"),
        (SIX.encode(), "Quay"),
    ]


def test_what_wordpress_has_not_published_is_no_article(tmp_path: Path) -> None:
    """Of an export, posts that are published are read; drafts, private posts and pages are refused by name."""
    item = (
        "<item><title>{0}</title><link>https://gull.example/{0}</link><content:encoded>"
        + SIX * 40
        + "</content:encoded>"
        "<wp:post_type>{1}</wp:post_type><wp:status>{2}</wp:status></item>"
    )
    items = [
        ("a", "post", "publish"),
        ("b", "post", "draft"),
        ("c", "page", "publish"),
        ("d", "post", "private"),
    ]
    (tmp_path / "wordpress.xml").write_text(
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Gull</title>'
        + "".join(item.format(*each) for each in items)
        + "</channel></rss>"
    )
    found = read(tmp_path)
    assert [each.url for each in found if isinstance(each, RawDocument)] == ["https://gull.example/a"]
    refused = [(each.reason, each.url) for each in found if isinstance(each, Refused)]
    assert refused == [("not_published", f"https://gull.example/{name}") for name in "bcd"]


def test_a_quotation_mark_that_closes_nowhere_is_told_with_its_lines(tmp_path: Path) -> None:
    """What a stray mark swallows is not gone in silence: the refusal names the lines and keeps them."""
    (tmp_path / "a.csv").write_text(f'title,text\nOne,{SIX}\nTwo,"{SIX}\nThree,{SIX}\n', "utf-8")
    one, two = read(tmp_path)
    assert isinstance(one, RawDocument)
    assert isinstance(two, Refused)
    assert (two.reason, two.line, "up to line 4" in two.detail) == ("invalid_row", 3, True)
    assert b"Three" in (two.payload or b"")


@pytest.mark.parametrize(
    ("value", "titles"),
    [
        ({"bozo": False, "feed": {"title": "Gull"}, "entries": [{"title": "A", "content": [{"type": "text/html", "value": SIX * 10}, {"type": "text/plain", "value": "less"}]}]}, ["A"]),
        ({"meta": {"page": 1}, "payload": [{"title": "A", "body": {"content": SIX * 10}}, {"title": "B", "text": SIX}]}, ["A", "B"]),
        ({"title": "A", "text": SIX, "spans": [{"title": "B", "text": f"{SIX} less"}]}, ["A"]),
        ({"name": "marks", "notes": [{"title": "B", "text": f"{SIX} less"}]}, []),
        ([{"title": "A", "body": [{"type": "paragraph", "text": SIX}, {"type": "paragraph", "text": SIX}]}], ["A"]),
        ([{"title": {"rendered": "Gull &#8211; <em>A</em>"}, "content": {"rendered": f"<p>{SIX}</p>"}}], ["Gull – A"]),
        ([{"title": "A", "url": "https://gull.example/1", "text": SIX, "related": [{"title": "B", "text": SIX}]}], ["A"]),
    ],
    ids=["feedparser", "a list under any name", "marks on a text", "marks alone", "blocks", "WordPress", "an article with others below it"],
)  # fmt: skip
def test_articles_are_found_wherever_an_object_holds_them(
    tmp_path: Path, value: Any, titles: list[str]
) -> None:
    """A list of objects with a text is one of articles, whatever it is called; a text may stand inside an object."""
    (tmp_path / "a.json").write_text(json.dumps(value), "utf-8")
    found = read(tmp_path)
    assert [each.title for each in found if isinstance(each, RawDocument)] == titles
    assert all(isinstance(each, RawDocument) and each.payload.count(b"less") == 0 for each in found)


@pytest.mark.parametrize(
    ("row", "count"),
    [
        ({"story": "ferry-12", "count": 3}, 0),
        ({"article": "A17"}, 0),
        ({"story": f"The ferry. {SIX}", "title": "A"}, 1),
    ],
    ids=["a label", "a number", "a text"],
)
def test_a_word_under_the_name_of_a_text_is_a_label(tmp_path: Path, row: dict[str, Any], count: int) -> None:
    """`story` and `article` also group rows of other things: such objects are passed over, and the file is named."""
    (tmp_path / "groups.json").write_text(json.dumps([row]), "utf-8")
    notes = FieldNotes()
    found = list(read_files(find_files(tmp_path).files, source_id="s", now=NOW, notes=notes))
    assert len(found) == count
    assert any("groups.json" in line for line in notes.lines()) is (count == 0)


def test_a_page_in_bytes_is_read_as_one(tmp_path: Path) -> None:
    """Crawls keep pages as they came: their encoding is what they say; what no encoding explains is refused."""
    page = f"<html><head><meta charset=windows-1252></head><body><p>Straße {SIX}</p></body></html>"
    pages = [page.encode("cp1252"), b"%PDF-1.4 " + b"\0" * 20]
    pq.write_table(
        pa.table({"html": pa.array(pages, pa.binary()), "title": [b"Stra\xc3\x9fe", b"x"]}),
        tmp_path / "a.parquet",
    )
    document, refused = read(tmp_path)
    assert isinstance(document, RawDocument)
    assert ("Straße".encode() in document.payload, document.title) == (True, "Straße")
    assert isinstance(refused, Refused)
    assert refused.reason == "not_text"


@pytest.mark.parametrize(
    "head",
    ["Titel;Text;Autor;Datum;Quelle", "Título;Texto;Autor;Fecha;Fuente", "Titre;Texte;Auteur;Date;Source"],
)
def test_a_sheet_has_heads_in_its_own_language(tmp_path: Path, head: str) -> None:
    """Whoever saves a sheet has named its columns in the language of the house."""
    (tmp_path / "a.csv").write_text(f"{head}\nBerth;{SIX};Ann Rook;3.4.2026;Gull\n", "utf-8-sig")
    (row,) = read(tmp_path)
    assert isinstance(row, RawDocument)
    assert (row.title, row.authors, row.published_at, row.publisher) == (
        "Berth",
        ("Ann Rook",),
        "3.4.2026",
        "Gull",
    )


@pytest.mark.parametrize(
    ("count", "kind", "expected"),
    [
        (1_767_607_200_123_456_789, pa.timestamp("ns"), "2026-01-05T10:00:00.123456"),
        (2**62, pa.timestamp("ms"), f"{2**62} timestamp[ms]"),
        (-(2**62), pa.timestamp("us"), f"{-(2**62)} timestamp[us]"),
        (0, pa.timestamp("us", tz="Mars/Base"), "0 timestamp[us, tz=Mars/Base]"),
        (1_767_607_200_123_456_789, pa.timestamp("ns", tz="Mars/Base"), None),
    ],
)
def test_a_time_that_cannot_be_read_costs_no_text(
    tmp_path: Path, count: int, kind: pa.DataType, expected: str | None
) -> None:
    """A row whose moment lies beyond all years, or in a zone that nobody knows, is a document without it."""
    times = pa.array([count], pa.int64()).cast(kind)
    pq.write_table(pa.table({"text": [SIX], "published_at": times}), tmp_path / "a.parquet")
    (row,) = read(tmp_path)
    assert isinstance(row, RawDocument)
    assert row.published_at == (expected or f"{count} {kind}")


def test_what_no_reader_foresaw_costs_its_file_alone(tmp_path: Path) -> None:
    """A list of times of a zone that nobody knows is a refusal of its row, and the next file is read."""
    times = pa.array([[0]], pa.list_(pa.timestamp("us", tz="Mars/Base")))
    pq.write_table(pa.table({"text": [SIX], "published_at": times}), tmp_path / "a.parquet")
    (tmp_path / "b.txt").write_text(SIX)
    refused, document = read(tmp_path)
    assert isinstance(refused, Refused)
    assert refused.reason == "invalid_row"
    assert isinstance(document, RawDocument)


@pytest.mark.parametrize("name", ["rows.csv", "rows.txt", "rows.jsonl", "rows.mbox"])
def test_carriage_returns_end_lines(tmp_path: Path, name: str) -> None:
    """Rows that a Mac of old has written are rows, with line feeds inside of their cells as they are."""
    table = f'id,title,text\n1,Ferry,"{SIX}\r{SIX}"\n2,Barge,"{SIX}"\n'
    rows = {
        "rows.csv": table,
        "rows.txt": table,
        "rows.jsonl": f'{{"title": "Ferry", "text": "{SIX}"}}\n{{"title": "Barge", "text": "{SIX}"}}\n',
        "rows.mbox": f"From a\nSubject: Ferry\n\n{SIX}\n\nFrom b\nSubject: Barge\n\n{SIX}\n",
    }
    (tmp_path / name).write_bytes(rows[name].translate({10: "\r", 13: "\n"}).encode())
    assert [document.title for document in read(tmp_path)] == ["Ferry", "Barge"]
