"""Feeds that break parsers, written by a script: `hostile_feeds()` yields (name, bytes), at least twenty-four."""

import gzip
import random
from collections.abc import Iterator

HEAD = '<?xml version="1.0"?><rss version="2.0"><channel><title>Gazette</title>'
TAIL = "</channel></rss>"


def hostile_feeds() -> Iterator[tuple[str, bytes]]:
    """Yield every feed; the same ones each time."""
    yield from _entities()
    yield from _shapes()
    yield from _sizes()
    yield from _bytes()


def _feed(inside: str, doctype: str = "") -> bytes:
    return (HEAD.replace("?>", f"?>{doctype}", 1) + inside + TAIL).encode()


def _entities() -> Iterator[tuple[str, bytes]]:
    grows = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    item = "<item><title>&{};</title></item>"
    yield "entities_that_grow", _feed(item.format("e11"), f'<!DOCTYPE rss [<!ENTITY e0 "ha">{grows}]>')
    big = f'<!DOCTYPE rss [<!ENTITY big "{"x" * 200_000}">]>'
    yield "one_entity_many_times", _feed("<item><title>" + "&big;" * 50_000 + "</title></item>", big)
    yield (
        "entity_of_a_file",
        _feed(item.format("f"), '<!DOCTYPE rss [<!ENTITY f SYSTEM "file:///etc/hostname">]>'),
    )
    outside = (
        '<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/x.dtd" [<!ENTITY % p SYSTEM "http://127.0.0.1:9/y"> %p;]>'
    )
    yield "entity_of_a_host", _feed(item.format("p"), outside)
    rings = '<!DOCTYPE rss [<!ENTITY a "&b;"><!ENTITY b "&a;">]>'
    yield "entities_in_a_ring", _feed(item.format("a"), rings)
    yield "many_declarations", _feed("<item/>", "<!DOCTYPE rss [" + '<!ENTITY a "b">' * 100_000 + "]>")
    yield "doctype_unclosed", _feed("<item/>", "<!DOCTYPE rss [" + "<!ENTITY a " * 50_000)
    wide = f'<?xml version="1.0" encoding="utf-16"?><!DOCTYPE rss [<!ENTITY e0 "ha">{grows}]><rss version="2.0"><channel>{item.format("e11")}{TAIL}'
    yield "entities_in_utf_16", wide.encode("utf-16")


def _shapes() -> Iterator[tuple[str, bytes]]:
    yield "deep", _feed("<a>" * 200_000 + "</a>" * 200_000)
    yield "deep_unclosed", _feed("<item>" * 100_000)
    yield (
        "deep_markup_in_text",
        _feed("<item><description>" + "&lt;div&gt;" * 200_000 + "</description></item>"),
    )
    yield "deep_json", b'{"version":"https://jsonfeed.org/version/1","items":' + b"[" * 500_000
    yield "attributes_100k", _feed("<item " + " ".join(f'a{n}="x"' for n in range(100_000)) + "/>")
    yield (
        "namespaces_50k",
        _feed("<item " + " ".join(f'xmlns:n{n}="http://x.example/{n}"' for n in range(50_000)) + "/>"),
    )
    yield "cut_short", _feed("<item><title>Ferry</title></item>" * 500)[:-1_000]
    yield "cdata_unclosed", _feed("<item><title><![CDATA[" + "x" * 1_000_000)
    yield "a_page", b"<!doctype html><html><body>" + b"<p>Not found" * 10_000
    yield "angle_brackets", b"<" * 1_000_000
    yield "ampersands", _feed("<item><title>" + "&" * 500_000 + "</title></item>")
    yield "processing_instructions", _feed("<?x y?>" * 200_000)


def _sizes() -> Iterator[tuple[str, bytes]]:
    yield "entries_300k", _feed("<item><title>a</title></item>" * 300_000)
    yield "title_9mb", _feed(f"<item><title>{'t' * 9_000_000}</title></item>")
    yield "tags_200k", _feed("<item>" + "<category>a</category>" * 200_000 + "</item>")
    yield "authors_100k", _feed("<item>" + "<author>a@b.example (A)</author>" * 100_000 + "</item>")
    yield "date_2mb", _feed(f"<item><pubDate>{'Mon, ' * 400_000}</pubDate></item>")
    yield "links_100k", _feed("<item>" + "<link>http://x.example/</link>" * 100_000 + "</item>")


def _bytes() -> Iterator[tuple[str, bytes]]:
    rubbish = random.Random(6)
    yield "empty", b""
    yield "random", rubbish.randbytes(1_000_000)
    yield "nulls", bytes(1_000_000)
    yield "gzip_of_zeros", gzip.compress(bytes(1_000_000), mtime=0) * 100
    yield "encoding_of_nowhere", _feed("<item/>").replace(b'"1.0"', b'"1.0" encoding="x-lindmouth"')
    yield "null_in_the_middle", _feed("<item><title>a\0b</title></item>")
    yield "lone_surrogates", _feed("<item><title>X</title></item>").replace(b"X", b"\xed\xa0\x80" * 1_000)
    yield "utf_7", b"+ADw-rss+AD4-" * 10_000
