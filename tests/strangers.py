"""Writes a folder as strangers bring it: the shapes of tools and services of this field, filled with our own stories."""

import bz2
import csv
import gzip
import io
import json
import lzma
import mailbox
import zipfile
from email.message import EmailMessage
from html import escape
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import zstandard
from stranger_stories import (
    DAY,
    fundus,
    item,
    letter,
    newspaper,
    newsplease,
    page,
    plain,
    story,
    table,
    title,
)
from warc_writer import http, record, zipped


def _pages(folder: Path) -> None:
    text = f"{title('Alder')}\n\n{story('Alder')}\n"
    (folder / "alder.txt").write_text(text, "utf-8")
    for name, suffix, pack in (
        ("Birch", ".gz", gzip.compress), ("Cedar", ".bz2", bz2.compress), ("Dogwood", ".xz", lzma.compress),
        ("Elder", ".zst", zstandard.compress),
    ):  # fmt: skip
        (folder / f"{name.lower()}.txt{suffix}").write_bytes(pack(text.replace("Alder", name).encode()))
    (folder / "fir.html").write_text(page("Fir"), "utf-8")
    (folder / "gorse.htm.xz").write_bytes(lzma.compress(page("Gorse").encode()))
    (folder / "hazel.xhtml").write_text(page("Hazel"), "utf-8")
    (folder / "holly.xml").write_text(page("Holly", kind='<?xml version="1.0"?>'), "utf-8")


def _json(folder: Path) -> None:
    graph = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": title("Ivy")}
    graph |= {
        "articleBody": story("Ivy"),
        "datePublished": DAY,
        "author": {"@type": "Person", "name": "Ann Bell"},
    }
    feed = {
        "id": "1",
        "url": "https://tide.example/Jasmine",
        "title": title("Jasmine"),
        "date_published": DAY,
    }
    sections = [{"headline": ["The lens"], "paragraphs": story("Kapok").split("\n\n")[1:]}]
    body = {"summary": story("Kapok").split("\n\n")[:1], "sections": sections}
    service = {"source": {"id": None, "name": "The Tide"}, "author": "Ann Bell", "urlToImage": None}
    guardian = {"id": "x/lamp", "webTitle": title("Lilac"), "webPublicationDate": f"{DAY}T09:00:00Z"}
    for name, value in {
        "newsplease-1.json": newsplease("Maple"),
        "newsplease-2.json": newsplease("Myrtle"),
        "fundus.json": [fundus("Oak"), fundus("Olive"), fundus("Osier")],
        "fundus-body.json": [fundus("Kapok", plain_text=None, body=body)],
        "newspaper4k.json": newspaper("Pear"),
        "trafilatura.json": {
            "title": title("Pine"), "author": "Ann Bell; Carl Dunn", "hostname": "tide.example", "date": DAY,
            "fingerprint": "abc", "source": "https://tide.example/Pine", "source-hostname": "The Tide",
            "text": story("Pine"), "raw_text": story("Pine"), "excerpt": "x",
        },
        "newsapi.json": {
            "status": "ok",
            "articles": [
                service | {"title": title("Plum"), "publishedAt": f"{DAY}T09:00:00Z", "content": story("Plum"),
                           "url": "https://tide.example/Plum"}
            ],
        },
        "guardian.json": {"response": {"results": [guardian | {
            "webUrl": "https://tide.example/Lilac", "fields": {"bodyText": story("Lilac"), "byline": "Ann Bell"},
        }]}},
        "wordpress.json": [{
            "id": 7, "date_gmt": f"{DAY}T09:00:00", "link": "https://tide.example/Quince",
            "title": {"rendered": title("Quince")},
            "content": {"rendered": "".join(f"<p>{each}</p>" for each in story("Quince").split("\n\n"))},
        }],
        "jsonfeed.json": {"version": "https://jsonfeed.org/version/1.1", "items": [feed | {"content_text": story("Jasmine")}]},
        "graph.json": graph,
        "elastic.json": {"hits": {"total": 1, "hits": [{"_index": "n", "_source": plain("Rowan")}]}},
        "by-address.json": {"https://tide.example/Sorrel": plain("Sorrel"), "https://tide.example/Spruce": plain("Spruce")},
        "gdelt.json": {"articles": [{
            "url": "https://tide.example/gdelt", "url_mobile": "", "title": "A lamp", "seendate": "20260214T120000Z",
            "domain": "tide.example", "language": "English", "sourcecountry": "Utopia",
        }]},
        "columns.json": {
            key: {"0": one[key], "1": other[key]} for one, other in [(plain("Laurel"), plain("Linden"))] for key in one
        },
        "lists.json": {key: [plain("Lobelia")[key], plain("Lupin")[key]] for key in plain("Lupin")},
        "split.json": {"columns": [*plain("Lotus")], "index": [0], "data": [[*plain("Lotus").values()]]},
        "settings.json": {"colour": "blue", "depth": 3},
    }.items():  # fmt: skip
        (folder / name).write_text(json.dumps(value, indent=2, ensure_ascii=False), "utf-8")
    lines = [json.dumps(plain("Sumac")), '{"title": "cut', json.dumps(plain("Tamarisk"))]
    (folder / "lines.json").write_text("\n".join(lines), "utf-8")
    (folder / "cut.json.gz").write_bytes(
        gzip.compress(json.dumps([plain("Teak")]).encode() + b" " * 9_999)[:-9]
    )


def _rows(folder: Path) -> None:
    numbers = [{"text": 5}, {"text": "Five words are no article"}, plain("Thyme")]
    (folder / "numbers.jsonl").write_text("".join(json.dumps(row) + "\n" for row in numbers), "utf-8")
    (folder / "rows.ndjson.bz2").write_bytes(bz2.compress(json.dumps(plain("Viburnum")).encode()))
    cloud = {
        "id": 1,
        "indexed_date": DAY,
        "language": "en",
        "media_name": "The Tide",
        "media_url": "tide.example",
    }
    cloud |= {"publish_date": DAY, "title": title("Walnut"), "url": "https://tide.example/Walnut"}
    (folder / "mediacloud.csv").write_text(table([cloud | {"text": story("Walnut")}]), "utf-8")
    (folder / "mediacloud-list.csv").write_text(table([cloud]), "utf-8")
    news = {
        "title": title("Willow"),
        "text": story("Willow"),
        "domain": "tide.example",
        "date": f"{DAY} 09:00:00",
    }
    news |= {"description": "", "url": "https://tide.example/Willow", "image_url": ""}
    pq.write_table(pa.Table.from_pylist([news]), folder / "ccnews.parquet")
    packed = io.BytesIO()
    pq.write_table(pa.Table.from_pylist([plain("Yarrow")]), packed)
    (folder / "yarrow.parquet.gz").write_bytes(gzip.compress(packed.getvalue()))
    fresh = {"requested_url": "https://tide.example/Yew", "plain_text": story("Yew"), "published_date": DAY}
    fresh |= {"title": title("Yew"), "sitename": "The Tide", "author": "Ann Bell", "warc_path": "x"}
    (folder / "ccnews-fundus.jsonl").write_text(json.dumps(fresh) + "\n", "utf-8")
    (folder / "gdelt.csv").write_text(
        "URL,MobileURL,Date,Title\nhttps://tide.example/g,,20260214120000,A lamp\n"
    )
    frame = newspaper("Zinnia") | {"authors": "['Ann Bell', 'Carl Dunn']", "keywords": "['lamp']"}
    (folder / "pandas.csv").write_text(table([frame]), "utf-8")
    german = plain("Ähre") | {"title": "Die Lampe von Ähre brennt wieder"}
    (folder / "excel.csv").write_bytes(table([german] * 1, delimiter=";").encode("cp1252"))
    (folder / "wide.csv").write_bytes(table([plain("Agave")], delimiter="\t").encode("utf-16"))
    (folder / "tabs.tsv").write_text(table([plain("Aspen")], delimiter="\t"), "utf-8")
    (folder / "pipes.csv.zst").write_bytes(
        zstandard.compress(table([plain("Aster")], delimiter="|").encode())
    )
    quoted = plain("Azalea") | {"text": f'"Yes," said the keeper. {story("Azalea")}'}
    how = {"quoting": csv.QUOTE_ALL, "doublequote": False, "escapechar": "\\"}
    (folder / "backslash.csv").write_text(table([quoted], **how), "utf-8")
    bare = f"title,text\n{title('Beech')},{story('Beech').replace(chr(10), ' ')}\n"
    (folder / "bare.csv").write_text(bare, "utf-8")
    (folder / "prices.csv").write_text("day,price\n" + f"{DAY},7\n" * 500)


def _archives(folder: Path) -> None:
    feed = '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>The Tide</title>'
    for name, records in {
        "crawl.warc": record(1, http(page("Briar").encode())),
        "crawl.warc.gz": zipped(record(2, http(page("Broom").encode())), record(3, http(b"", status=404))),
        "crawl.warc.xz": lzma.compress(record(4, http(page("Cherry").encode()))),
    }.items():
        (folder / name).write_bytes(records)
    teaser = "<item><title>A teaser</title><link>https://tide.example/t</link><description>Short.</description></item>"
    (folder / "saved.xml").write_text(f"{feed}{item('Clover')}{teaser}</channel></rss>")
    (folder / "saved.rss").write_text(f"{feed}{item('Magnolia')}</channel></rss>")
    (folder / "saved.atom").write_text(
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>The Tide</title><entry><id>1</id><title>Mallow</title>'
        f'<link href="https://tide.example/Mallow"/><content type="html">{escape(page("Mallow"))}</content></entry></feed>'
    )
    (folder / "saved.rdf").write_text(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel rdf:about="https://tide.example">'
        f"<title>The Tide</title></channel>{item('Marigold')}</rdf:RDF>"
    )
    (folder / "sitemap.xml").write_text(
        '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        "<url><loc>https://tide.example/1</loc></url></urlset>"
    )
    paragraphs = "".join(f"<p>{each}</p>" for each in story("Mimosa").split("\n\n"))
    (folder / "extracted.xml").write_text(
        f'<doc sitename="The Tide" title="{title("Mimosa")}" date="{DAY}"><main>{paragraphs}</main><comments/></doc>'
    )
    paragraphs = paragraphs.replace("Mimosa", "Hawthorn")
    (folder / "wire.xml").write_text(
        f'<?xml version="1.0"?><nitf><head><title>x</title><docdata><date.issue norm="{DAY}"/></docdata></head><body><body.head>'
        f"<hedline><hl1>{title('Hawthorn')}</hl1></hedline><byline>By Ann Bell</byline></body.head><body.content><block>"
        f"{paragraphs}</block></body.content></body></nitf>"
    )
    paragraphs = paragraphs.replace("Hawthorn", "Heather")
    (folder / "g2.xml").write_text(
        f'<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:1"><itemMeta><firstCreated>{DAY}T09:00:00Z</firstCreated>'
        f"</itemMeta><contentMeta><headline>{title('Heather')}</headline></contentMeta><contentSet><inlineXML>"
        f'<html xmlns="http://www.w3.org/1999/xhtml"><body>{paragraphs}</body></html></inlineXML></contentSet></newsItem>'
    )
    for name, ending in (("Iris", "mht"), ("Juniper", "mhtml")):
        saved = EmailMessage()
        saved["From"], saved["Subject"] = "<Saved by Blink>", title(name)
        saved["Date"] = "Mon, 16 Feb 2026 09:00:00 +0000"
        saved["Snapshot-Content-Location"] = f"https://tide.example/{name}"
        saved.set_content(page(name), subtype="html")
        (folder / f"saved.{ending}").write_bytes(saved.as_bytes())
    (folder / "letter.eml").write_bytes(letter("Cowslip").as_bytes())
    box = mailbox.mbox(folder / "letters.mbox")
    for name in ("Cypress", "Daphne"):
        box.add(letter(name))
    box.close()
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("a.txt", story("Nobody"))
    with zipfile.ZipFile(folder / "mixed.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("text/ebony.txt", story("Ebony"))
        archive.writestr("../../escape.html", page("Fennel"))
        archive.writestr("rows.jsonl.gz", gzip.compress(json.dumps(plain("Fuchsia")).encode()))
        archive.writestr("more.zip", inner.getvalue())
        archive.writestr("__MACOSX/._ebony.txt", b"\0")
        archive.writestr("logo.png", b"x")
    whole = (folder / "mixed.zip").read_bytes()
    (folder / "cut.zip").write_bytes(whole[: len(whole) // 2])
    (folder / "cut.txt.bz2").write_bytes(bz2.compress(story("Nobody").encode())[:-9])
    (folder / "cut.txt.xz").write_bytes(lzma.compress(story("Nobody").encode())[:-9])
    (folder / "book.csv").write_bytes(b"PK\x03\x04" + bytes(26) + b"[Content_Types].xml")
    (folder / "nothing.jsonl").write_bytes(b"")
    for name in ("photo.png", "notes.docx", "more.docx", "README"):
        (folder / name).write_bytes(b"x")


def write_strangers(folder: Path) -> Path:
    """Write the folder; return it."""
    folder.mkdir(parents=True, exist_ok=True)
    for write in (_pages, _json, _rows, _archives):
        write(folder)
    return folder
