"""Bytes become characters without a loss, or a reason."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.transforms.extract.decode_payload import decode_html, decode_plain_text
from copydesk.transforms.refuse import Unextractable

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\ufeff"), min_size=1).filter(
    str.strip
)
NO_MAGIC = ("%PDF-", "PK\x03\x04", "GIF8")


@given(TEXTS.filter(lambda text: not text.startswith(NO_MAGIC)))
def test_plain_text_is_the_file_decoded_and_unchanged(text: str) -> None:
    """Offsets into the extracted text count the characters of the file: line ends and all."""
    assert decode_plain_text(text.encode()).text == text


@given(
    TEXTS,
    st.sampled_from(
        [("utf-8", codecs.BOM_UTF8), ("utf-16-le", codecs.BOM_UTF16_LE), ("utf-16-be", codecs.BOM_UTF16_BE)]
    ),
)
def test_a_byte_order_mark_names_the_encoding_and_is_no_character(text: str, mark: tuple[str, bytes]) -> None:
    """A mark decides the encoding; it never stands in the text."""
    encoding, prefix = mark
    assert decode_plain_text(prefix + text.encode(encoding)).text == text


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(b"", "empty", id="nothing"),
        pytest.param(b" \r\n\t ", "empty", id="white space"),
        pytest.param("  \n", "empty", id="white space as text"),
        pytest.param(b"%PDF-1.7 ...", "not_text", id="pdf"),
        pytest.param(b"\x1f\x8b\x08\x00rest", "not_text", id="gzip"),
        pytest.param(b"a\x00b\x00c\x00d\x00", "not_text", id="binary"),
        pytest.param(b"\x00\x01\x02\xff" * 50, "invalid_encoding", id="binary that UTF-16 would have"),
        pytest.param(b"caf\xe9 au lait", "invalid_encoding", id="latin-1 that claims nothing"),
        pytest.param(b"\xff\xfea\x00\x00\xd8", "invalid_encoding", id="half a surrogate pair"),
        pytest.param("half \ud800 pair", "invalid_encoding", id="lone surrogate"),
    ],
)
def test_what_is_no_text_is_refused_with_its_reason(content: bytes | str, reason: str) -> None:
    """A binary, an empty file and a wrong encoding each have their own reason."""
    with pytest.raises(Unextractable) as caught:
        decode_plain_text(content)
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    ("content", "charset"),
    [
        pytest.param("<p>Zürich grüßt</p>".encode(), "latin-1", id="valid UTF-8 beats a wrong header"),
        pytest.param("<p>Zürich grüßt</p>".encode("latin-1"), "latin-1", id="header"),
        pytest.param('<meta charset="iso-8859-1"><p>Zürich grüßt</p>'.encode("latin-1"), None, id="meta"),
        pytest.param("<p>Zürich grüßt</p>".encode("utf-16"), None, id="byte order mark"),
        pytest.param(
            "<p>Zürich grüßt</p><p>Für die Fähre über den Fluß müssen künftig höhere Preise gezahlt werden.</p>".encode(
                "latin-1"
            ),
            "x-no-such",
            id="unknown label",
        ),
    ],
)
def test_a_page_is_read_as_a_browser_would(content: bytes, charset: str | None) -> None:
    """Byte order mark, then UTF-8 that decodes, then labels, then detection."""
    assert "<p>Zürich grüßt</p>" in decode_html(content, charset).text


def test_one_broken_byte_does_not_cost_a_page() -> None:
    """A slip of the author becomes a replacement character, and the rest is read in the declared encoding."""
    page = b'<meta charset="utf-8">' + "<p>Grüße aus Zürich</p>".encode() * 40 + b"\xff"
    text = decode_html(page).text
    assert text.count("Grüße aus Zürich") == 40
    assert text.endswith("\ufffd")
