"""Our own stories in the shapes that tools and services of this field give them."""

import csv
import io
from email.message import EmailMessage
from html import escape
from typing import Any

DAY = "2026-02-14"


def story(name: str) -> str:
    """Return a text that no other name has."""
    return (
        f"The lamp at {name} Point burned again on Thursday after a dark winter, and the keeper of {name} said that"
        f" forty boats had asked for it.\n\nThe new lens came from {name} by sea and cost the harbour of {name} 300,000"
        f" crowns, which the council of {name} paid in two parts.\n\nThe people of {name} stood on the pier"
        f" until the first of them came home.\n\nBoats from {name} sailed round the point all night."
    )


def title(name: str) -> str:
    """Return the headline of a story."""
    return f"The lamp of {name} is lit again"


def page(name: str, *, kind: str = "") -> str:
    """Return a story as a page."""
    paragraphs = "".join(f"<p>{escape(each)}</p>" for each in story(name).split("\n\n"))
    return (
        f"{kind}<html><head><title>{title(name)}</title></head><body><article><h1>{title(name)}</h1>{paragraphs}"
        "</article></body></html>"
    )


def table(rows: list[dict[str, Any]], **how: Any) -> str:
    """Return rows as a table of text."""
    file = io.StringIO()
    writer = csv.DictWriter(file, [*rows[0]], **how)
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


def newsplease(name: str) -> dict[str, Any]:
    """Return an article as news-please writes it."""
    return {
        "authors": ["Ann Bell"], "date_download": f"{DAY} 10:00:00", "date_modify": None,
        "date_publish": f"{DAY} 09:00:00", "description": None, "filename": "x.html.json", "image_url": None,
        "language": "en", "localpath": None, "maintext": story(name), "source_domain": "tide.example",
        "title": title(name), "title_page": None, "title_rss": None, "url": f"https://tide.example/{name}",
    }  # fmt: skip


def fundus(name: str, **other: Any) -> dict[str, Any]:
    """Return an article as fundus writes it."""
    return {
        "title": title(name), "plain_text": story(name), "authors": ["Ann Bell"], "topics": ["Sea"],
        "publishing_date": f"{DAY} 09:00:00+00:00", "free_access": True, "lang": "en",
        "html": {"requested_url": f"https://tide.example/{name}?r", "responded_url": f"https://tide.example/{name}"},
        **other,
    }  # fmt: skip


def newspaper(name: str) -> dict[str, Any]:
    """Return an article as newspaper4k writes it."""
    return {
        "url": f"https://tide.example/{name}", "title": title(name), "text": story(name), "authors": ["Ann Bell"],
        "publish_date": f"{DAY}T09:00:00", "top_image": "x.jpg", "meta_site_name": "The Tide", "meta_lang": "en",
        "keywords": ["lamp"], "source_url": "https://tide.example", "canonical_link": "",
    }  # fmt: skip


def plain(name: str) -> dict[str, Any]:
    """Return an article under plain names."""
    return {
        "id": name, "title": title(name), "text": story(name), "date": DAY, "source": "The Tide",
        "author": "Ann Bell, Carl Dunn", "section": "Harbour",
    }  # fmt: skip


def letter(name: str) -> EmailMessage:
    """Return a newsletter."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = (
        "The Tide <desk@tide.example>",
        "you@reader.example",
        title(name),
    )
    mail["Date"], mail["Message-ID"] = "Sat, 14 Feb 2026 09:00:00 +0000", f"<{name}@tide.example>"
    mail.set_content("Read it in your browser.")
    mail.add_alternative(page(name), subtype="html")
    mail.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="lamp.png")
    return mail


def item(name: str) -> str:
    """Return a story as an entry of a feed."""
    return (
        f"<item><title>{title(name)}</title><link>https://tide.example/{name}</link><guid>1</guid>"
        f"<content:encoded><![CDATA[{page(name)}]]></content:encoded></item>"
    )
