"""Readers yield every document as it came, and every defect with its place and reason."""

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from copydesk.flows.read.fields import FieldNotes
from copydesk.flows.read.find_files import find_files
from copydesk.flows.read.format_of import FORMATS, guess_format
from copydesk.flows.read.raw_document import Arrival, RawDocument, Refused
from copydesk.flows.read.read_files import read_files
from copydesk.schemas.user_error import UserError

NOW = datetime(2026, 1, 2, tzinfo=UTC)
SIX = "a text of six words and more"


def read(path: Path) -> list[Arrival]:
    return list(read_files(find_files(path).files, source_id="s", now=NOW))


def write_rows(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def test_files_come_sorted_by_their_place_below_the_folder(tmp_path: Path) -> None:
    """Order and origin hang on names alone; hidden files are not there, other formats are counted."""
    for name in ("b.txt", "a/z.html", "a/y.htm.gz", ".hidden/x.txt", "picture.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(gzip.compress(b"x", mtime=0) if name.endswith(".gz") else b"x")
    found = find_files(tmp_path)
    assert [file.origin for file in found.files] == ["a/y.htm.gz", "a/z.html", "b.txt"]
    assert found.skipped_count == 1


@pytest.mark.parametrize("name", ["missing.txt", "picture.png"])
def test_a_path_that_cannot_be_read_is_the_users_mistake(tmp_path: Path, name: str) -> None:
    """A path that is not there, or of a format that is not read, is refused at the door, by name."""
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    with pytest.raises(UserError, match=name):
        find_files(tmp_path / name)


@pytest.mark.parametrize("form", FORMATS)
def test_each_format_has_its_reader(tmp_path: Path, form: str) -> None:
    """A file by any ending that is listed is read or refused, whatever it holds."""
    (tmp_path / f"a{form}").write_text("A text of six words, and more.")
    assert read(tmp_path)


@pytest.mark.parametrize("packed", ["", ".gz", ".zst"])
def test_payload_is_kept_byte_for_byte(tmp_path: Path, packed: str) -> None:
    """Packing is taken off; nothing else changes, not even line ends or bytes that are no UTF-8."""
    payload = b"\xef\xbb\xbfTitle\r\n\r\nBody \xff\x00 end"
    pack = {"": bytes, ".gz": gzip.compress, ".zst": zstandard.compress}[packed]
    (tmp_path / f"a.txt{packed}").write_bytes(pack(payload))
    (document,) = read(tmp_path)
    assert isinstance(document, RawDocument)
    assert (document.payload, document.media_type, document.origin) == (
        payload,
        "text/plain",
        f"a.txt{packed}",
    )


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


@pytest.mark.parametrize(
    ("name", "payload"),
    [
        ("cut.jsonl.gz", gzip.compress(b'{"text": "one two three four five six"}\n' * 9, mtime=0)[:-12]),
        ("cut.txt.zst", zstandard.compress(bytes(range(256)) * 999)[:-9]),
        ("not.parquet", b"PAR1 this is not"),
        ("not.txt.gz", b"plain text"),
    ],
)
def test_a_damaged_file_ends_with_a_refusal(tmp_path: Path, name: str, payload: bytes) -> None:
    """What cannot be unpacked or is cut is said, once, with what was found; the next file is read."""
    (tmp_path / name).write_bytes(payload)
    (tmp_path / "z.txt").write_text("fine")
    *_, bad, good = read(tmp_path)
    assert isinstance(bad, Refused)
    assert bad.reason == "damaged_file"
    assert isinstance(good, RawDocument)


MAIL = b"Subject: Harbour letter\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n<p>Hello</p>"


@pytest.mark.parametrize(
    ("start", "form"),
    [
        (MAIL, ".eml"),
        (b"Return-Path: <a@gull.example>\nReceived: from x\n\tby y\nFrom: a\n\nText", ".eml"),
        ("\ufeff<!doctype html><html>".encode("utf-16-le"), ".html"),
        ("\ufeffBerth opened".encode("utf-16-be"), ".txt"),
        (b'<rdf:RDF xmlns="http://purl.org/rss/1.0/">', ".xml"),
        (b"<doc sitename='Gull'><main>", ".xml"),
        (b"<1 % of the town voted", ".txt"),
        (b"Budget: what the town spends\nSubject: of debate since May\n\nText", ".txt"),
    ],
)
def test_what_has_no_name_is_read_as_what_it_looks_like(start: bytes, form: str) -> None:
    """A newsletter without its envelope is mail, a page in wide characters a page; one line with a colon is a text."""
    assert guess_format(start) == form


@pytest.mark.parametrize(
    ("start", "told"),
    [
        (b'<?xml version="1.0"?>\n<!-- mine -->\n<opml version="2.0">', "sources import"),
        (b"%PDF-1.7\n%", "PDF"),
        (b"{\\rtf1\\ansi", "HTML or CSV"),
        (b"PK\x03\x04" + bytes(26) + b"[Content_Types].xml", "office"),
        (b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/vnd.oasis.opendocument.text", "office"),
        (bytes.fromhex("d0cf11e0a1b11ae1"), "office"),
        (b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/epub+zip", "book"),
        (b"\n     1 of 200 DOCUMENTS\n\n\n     The Gull\n", "press archive"),
        (b"____________________________\n\nDocument 1 of 12\n\nBerth opened\n", "press archive"),
        (b"HD Berth opened\nBY By Ann Rook\nWC 200 words\nPD 3 March 2026\n", "press archive"),
        (b"SQLite format 3\0", "database"),
        (b"ARROW1\0\0", "Parquet"),
        (b"Rar!\x1a\x07\0", "archive"),
        (bytes(257) + b"ustar", "archive"),
        (b"\xff\xd8\xff\xe0", "picture"),
        (b'<TEI xmlns="http://www.tei-c.org/ns/1.0">', "TEI"),
        (b" \n", "empty"),
    ],
)
def test_what_holds_no_article_is_named(tmp_path: Path, start: bytes, told: str) -> None:
    """A list of feeds and documents of programs are refused at the door with what to do instead."""
    (tmp_path / "given").write_bytes(start)
    with pytest.raises(UserError, match=told):
        find_files(tmp_path / "given")


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
    ("name", "content"),
    [
        ("a.csv", f"sep=;\r\ntitle;text;author\r\nBerth;{SIX};Ann Rook\r\n".encode()),
        ("a.csv", f'\ufeff"sep=|"\ntitle|text|author\nBerth|{SIX}|Ann Rook\n'.encode()),
        ("a.txt", f"title\ttext\tauthor\r\nBerth\t{SIX}\tAnn Rook\r\n".encode("utf-16")),
        ("a.txt", f"title,text,author\nBerth,{SIX},Ann Rook\n".encode()),
        ("a.xml", f'<doc sitename="Gull" title="Berth" author="Ann Rook"><main><p>{SIX}</p></main></doc>'.encode()),
        ("a.rdf", (
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
            ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
            f"<item><title>Berth</title><link>https://gull.example/1</link><dc:creator>Ann Rook</dc:creator>"
            f"<content:encoded>{SIX * 20}</content:encoded></item></rdf:RDF>"
        ).encode()),
    ],
    ids=["what parts cells", "with a mark", "Unicode text", "a table as .txt", "trafilatura", "RDF"],
)  # fmt: skip
def test_a_table_or_feed_is_read_under_whatever_name_a_program_saved_it(
    tmp_path: Path, name: str, content: bytes
) -> None:
    """Spreadsheets announce their separator and call a table .txt; extractors and feeds have endings of their own."""
    (tmp_path / name).write_bytes(content)
    (document,) = read(tmp_path)
    assert isinstance(document, RawDocument)
    assert (document.title, document.authors) == ("Berth", ("Ann Rook",))


def test_a_text_whose_first_line_speaks_of_columns_stays_a_text(tmp_path: Path) -> None:
    """Only names of fields and nothing else make a header."""
    (tmp_path / "a.txt").write_text(f"Title, text and author: what a column needs\n\n{SIX}\n")
    (document,) = read(tmp_path)
    assert isinstance(document, RawDocument)
    assert document.media_type == "text/plain"


@pytest.mark.parametrize(
    "said",
    [
        "<!-- saved from url=(0030)https://gull.example/berth/12 -->",
        "<!--\n Page saved with SingleFile \n url: https://gull.example/berth/12 \n-->",
    ],
    ids=["a browser", "SingleFile"],
)
def test_a_saved_page_keeps_the_address_that_it_was_saved_from(tmp_path: Path, said: str) -> None:
    """Browsers note it at the top; the same in the story is only words."""
    (tmp_path / "a.htm").write_text(f"<!DOCTYPE html>\n{said}\n<html><body><p>{SIX}</p></body></html>")
    (tmp_path / "b.htm").write_text(f"<html><body><p>{SIX * 200}</p>{said}</body></html>")
    assert [each.url for each in read(tmp_path)] == ["https://gull.example/berth/12", None]


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
