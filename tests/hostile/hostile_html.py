"""Pages that break parsers, written by a script: `hostile_html()` yields (name, bytes), at least fifty."""

import codecs
import gzip
import random
from collections.abc import Iterator

PROSE = "The harbour board of Lindmouth met on the pier and heard what the new berth had cost. " * 8


def hostile_html() -> Iterator[tuple[str, bytes]]:
    """Yield every page; the same ones each time."""
    yield from _deep()
    yield from _large()
    yield from _broken()
    yield from _encodings()
    yield from _no_html()
    yield from _traps()


def _page(body: str, head: str = "") -> bytes:
    return f"<!doctype html><html><head><title>Berth</title>{head}</head><body>{body}</body></html>".encode()


def _deep() -> Iterator[tuple[str, bytes]]:
    for tag, depth in (("div", 3_000), ("div", 100_000), ("span", 50_000), ("b", 20_000), ("font", 20_000)):
        yield f"nested_{tag}_{depth}", _page(f"<{tag}>" * depth + PROSE + f"</{tag}>" * depth)
    yield "nested_unclosed", _page("<div><p><i>" * 30_000 + PROSE)
    yield "nested_tables", _page("<table><tr><td>" * 8_000 + PROSE)
    yield "nested_lists", _page("<ul><li>" * 15_000 + PROSE)
    yield "nested_quotes", _page("<blockquote>" * 15_000 + PROSE)
    yield "nested_formatting", _page("<b><i><u><s>" * 5_000 + PROSE + "</b></i></u></s>" * 5_000)
    yield "only_closing", _page("</div>" * 200_000 + f"<p>{PROSE}</p>")
    yield "nested_svg", _page("<svg><g>" * 20_000 + PROSE)


def _large() -> Iterator[tuple[str, bytes]]:
    attributes = " ".join(f"a{n}=x" for n in range(100_000))
    yield "attributes_100k", _page(f"<p {attributes}>{PROSE}</p>")
    yield "attributes_same_100k", _page("<p " + "a=b " * 100_000 + f">{PROSE}</p>")
    yield "attribute_5mb", _page(f'<p title="{"x" * 5_000_000}">{PROSE}</p>')
    yield "class_names_100k", _page(f'<p class="{" ".join(f"c{n}" for n in range(100_000))}">{PROSE}</p>')
    yield "br_5mb", _page("<br>" * 1_250_000)
    yield "br_between_words", _page("word<br>" * 400_000)
    yield "hr_2mb", _page("<hr>" * 500_000)
    yield "one_line_500kb", _page(f"<p>{'word ' * 100_000}</p>")
    yield "one_line_8mb", _page(f"<p>{'word ' * 1_600_000}</p>")
    yield "one_word_8mb", _page(f"<p>{'x' * 8_000_000}</p>")
    yield "paragraphs_200k", _page("<p>a" * 200_000)
    yield "empty_paragraphs_300k", _page("<p></p>" * 300_000)
    yield "links_100k", _page("".join(f'<a href="/{n}">berth {n}</a>' for n in range(100_000)))
    yield "cells_200k", _page("<table>" + "<tr><td>1<td>2" * 100_000 + "</table>")
    yield "options_200k", _page("<select>" + "<option>a" * 200_000 + "</select>")
    yield "comments_3mb", _page("<!-- x -->" * 300_000 + PROSE)
    yield "script_8mb", _page("<script>" + "var a=1;" * 1_000_000 + f"</script><p>{PROSE}</p>")
    yield "entities_1m", _page("&amp;" * 1_000_000)
    yield "json_ld_deep", _page(PROSE, '<script type="application/ld+json">' + "[" * 100_000 + "</script>")
    yield (
        "json_ld_4mb",
        _page(PROSE, '<script type="application/ld+json">{"a":"' + "x" * 4_000_000 + '"}</script>'),
    )
    yield "meta_100k", _page(PROSE, "".join(f'<meta name="m{n}" content="{n}">' for n in range(100_000)))
    yield "title_3mb", f"<html><title>{'t' * 3_000_000}</title><p>{PROSE}".encode()
    yield "dates_50k", _page(" ".join(f"{n % 28 + 1} May 2031" for n in range(50_000)))
    yield "spaces_6mb", _page(f"<p>{' ' * 6_000_000}{PROSE}</p>")
    yield "newlines_6mb", _page("\n" * 6_000_000 + f"<p>{PROSE}</p>")


def _broken() -> Iterator[tuple[str, bytes]]:
    yield "empty", b""
    yield "one_byte", b"<"
    yield "doctype_alone", b"<!DOCTYPE html>"
    yield "comment_unclosed", b"<html><!-- " + PROSE.encode() * 500
    yield "script_unclosed", b"<html><script>" + PROSE.encode() * 500
    yield "tag_unclosed", b"<html><body><p " + b"a" * 1_000_000
    yield "quote_unclosed", b'<html><body><p class="' + PROSE.encode() * 500
    yield "angle_brackets", b"<" * 2_000_000
    yield "ampersands", b"&" * 2_000_000
    yield "cdata_sections", _page("<![CDATA[x]]>" * 100_000 + PROSE)
    yield "body_twice", _page(PROSE) * 300
    yield "cut_in_a_tag", _page(f"<p>{PROSE}</p>")[:-9]


def _encodings() -> Iterator[tuple[str, bytes]]:
    text = f"<html><head><title>Küste</title></head><body><p>{'Die Fähre fährt über das Meer. ' * 30}</p></body></html>"
    yield "utf_16_le", codecs.BOM_UTF16_LE + text.encode("utf-16-le")
    yield "utf_16_be_without_mark", text.encode("utf-16-be")
    yield "utf_32", text.encode("utf-32")
    yield "latin_1_said_to_be_utf_8", text.replace("<head>", '<head><meta charset="utf-8">').encode("latin-1")
    yield "utf_8_said_to_be_utf_16", text.replace("<head>", '<head><meta charset="utf-16">').encode()
    yield "charset_of_nowhere", text.replace("<head>", '<head><meta charset="x-lindmouth">').encode()
    yield "null_bytes", text.replace(" ", "\0 ").encode()
    yield "null_bytes_alone", bytes(1_000_000)
    yield "lone_surrogates", text.replace("Meer", "\ud800").encode("utf-8", "surrogatepass")
    yield "control_characters", bytes(range(32)) * 10_000 + text.encode()
    yield "combining_marks", _page("<p>a" + "\u0301" * 500_000 + PROSE + "</p>")
    yield "right_to_left_marks", _page("<p>" + "\u202e\u2066" * 200_000 + PROSE + "</p>")


def _no_html() -> Iterator[tuple[str, bytes]]:
    rubbish = random.Random(6)
    yield "random_1mb", rubbish.randbytes(1_000_000)
    yield "gzip_of_a_page", gzip.compress(_page(PROSE), mtime=0)
    yield "pdf", b"%PDF-1.7\n" + rubbish.randbytes(300_000)
    yield "png", b"\x89PNG\r\n\x1a\n" + rubbish.randbytes(300_000)
    yield "program", b"\x7fELF" + rubbish.randbytes(300_000)
    yield "json", b'{"a":' * 50_000


def _traps() -> Iterator[tuple[str, bytes]]:
    grows = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    yield (
        "entities_that_grow",
        f'<!DOCTYPE html [<!ENTITY e0 "ha">{grows}]><html><p>&e11;</p></html>'.encode(),
    )
    yield (
        "entity_of_a_file",
        b'<!DOCTYPE h [<!ENTITY f SYSTEM "file:///etc/hostname">]><html><p>&f;</p></html>',
    )
    yield "markup_shaped_dates", _page("<time>" * 5_000 + "2031-99-99T99:99:99" + "</time>" * 5_000)
    yield "pattern_trap", _page(f"<p>{'a' * 50_000}!</p><p>{'- ' * 200_000}</p>")
    yield "address_5mb", _page(f'<a href="http://{"a." * 1_000_000}example/">x</a>{PROSE}')
    yield "base_of_another_kind", _page(f"<p>{PROSE}</p>", '<base href="javascript:alert(1)">')
