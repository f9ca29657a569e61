"""Readers yield every document as it came, and every defect with its place and reason."""

import gzip
from pathlib import Path

import pytest
import zstandard
from read_paths import SIX, read

from copydesk.flows.read.find_files import find_files
from copydesk.flows.read.format_of import FORMATS, guess_format
from copydesk.flows.read.raw_document import RawDocument, Refused
from copydesk.schemas.user_error import UserError


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
