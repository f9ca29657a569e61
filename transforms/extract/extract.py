"""From a payload as received to its text and what its page says beside the text."""

import re
from types import MappingProxyType
from urllib.parse import urlsplit

from copydesk.schemas.reasons import Reason
from copydesk.transforms.credits.collect_credits import collect_credits
from copydesk.transforms.extract.choose_text import choose_text
from copydesk.transforms.extract.decode_payload import decode_html, decode_plain_text
from copydesk.transforms.extract.find_by_config import Found, find_by_config
from copydesk.transforms.extract.judge_completeness import judge_completeness
from copydesk.transforms.extract.read_authors import read_authors, vote
from copydesk.transforms.extract.read_canonical_url import read_canonical_url
from copydesk.transforms.extract.read_dek import read_dek
from copydesk.transforms.extract.read_images import read_images
from copydesk.transforms.extract.read_language import read_language
from copydesk.transforms.extract.read_licence import read_licence
from copydesk.transforms.extract.read_title import read_title
from copydesk.transforms.extract.record_left_out import lacks_prose, line_evidence, record_left_out
from copydesk.transforms.extract.site_config import SiteConfigs
from copydesk.transforms.page.load_json_ld import JsonLd, text_of, types_of
from copydesk.transforms.page.parse_page import parse_page
from copydesk.transforms.page.walk_page import Page, walk_page
from copydesk.transforms.records import Extracted, Payload
from copydesk.transforms.refuse import Unextractable
from copydesk.transforms.text.count_words import count_words
from copydesk.transforms.text.words import any_of

PLAIN_TEXT = "plain text 1"


# An article about captchas or cookies is longer than the pages that ask for them.
WALL_LIMIT_WORDS = 120

REFUSED = ("captcha", "soft_404", "login_wall", "cookie_wall")
SIGNS = {Reason(reason): re.compile(any_of("refusals", reason), re.IGNORECASE) for reason in REFUSED}

ERROR_TITLE = re.compile(
    r"^\s*(?:error\b.{0,12})?(?:404\b|page not found|not found|seite nicht gefunden"
    r"|page introuvable|página no encontrada)",
    re.IGNORECASE,
)


_ORGANISATIONS = frozenset({"newsmediaorganization", "organization"})
_NAME_LIMIT_CHARS = 80


def extract(payload: Payload, sites: SiteConfigs = MappingProxyType({})) -> Extracted:
    """Give the text of a payload and what it says of itself; raise `Unextractable` where it is no article.

    `sites` has the user's selectors, which go before what extractors find.
    """
    match payload.media_type.partition(";")[0].strip().lower():
        case "text/plain":
            return _extract_plain_text(payload)
        case "text/html" | "application/xhtml+xml":
            return _extract_html(payload, sites)
        case other:
            raise Unextractable(Reason.UNKNOWN_MEDIA_TYPE, other)


def _extract_plain_text(payload: Payload) -> Extracted:
    decoded = decode_plain_text(payload.content, payload.charset)
    text = decoded.text
    return Extracted(
        text=text,
        extractor=PLAIN_TEXT,
        charset=decoded.charset,
        title=payload.title,
        credited=vote([("carrier", collect_credits(payload.authors, houses=[payload.publisher or ""]))]),
        publisher=payload.publisher,
        language=read_language(text, payload.language),
    )


def _extract_html(payload: Payload, sites: SiteConfigs) -> Extracted:
    decoded = decode_html(payload.content, payload.charset)
    page = walk_page(parse_page(decoded.text))
    declared_urls = page.head.links.get("canonical") or page.head.metas.get("og:url") or (None,)
    found = find_by_config(page, payload.url or declared_urls[0], sites) or Found("")
    chosen = choose_text(page, decoded.text, found)
    text = "\n".join(chosen.text.lines)
    words = count_words(text)
    _refuse_page(text, words, page)
    article = page.json_ld.article
    lines, evidence = record_left_out(chosen.text, line_evidence(chosen, page.text), page.text)
    publisher = _read_publisher(page) or payload.publisher
    title = found.title or read_title(page, publisher=publisher) or payload.title
    declared = (
        page.head.html_lang,
        page.head.first("og:locale"),
        text_of(article.get("inLanguage")),
        payload.language,
    )
    return Extracted(
        text="\n".join(lines),
        extractor=chosen.text.extractor,
        title=title,
        dek=read_dek(page, chosen.text, title),
        credited=read_authors(
            page,
            title,
            chosen.text.places,
            publisher=publisher,
            carrier=payload.authors,
            selected=found.authors,
        ),
        publisher=publisher,
        language=read_language(text, *declared),
        section=text_of(article.get("articleSection")) or page.head.first("article:section"),
        licence=read_licence(page),
        canonical_url=read_canonical_url(page, url=payload.url, title=title),
        images=read_images(page, url=payload.url),
        completeness=judge_completeness(
            text,
            words,
            page,
            is_doubtful=chosen.is_doubtful or lacks_prose(lines, evidence, chosen.text.whole),
        ),
        lines=tuple(evidence),
        charset=decoded.charset,
        page=page,
        selected_date=found.date,
    )


def _refuse_page(text: str, words: int, page: Page) -> None:
    """Raise `Unextractable` where there is no text, or a short one as an error page or a wall shows it."""
    head = page.head
    if not text.strip():
        raise Unextractable(Reason.NO_BODY, f"no text found; the title is {head.title[:80]!r}")
    if page.json_ld.article.get("headline") or words > WALL_LIMIT_WORDS:
        return
    if ERROR_TITLE.search(head.title):
        raise Unextractable(Reason.SOFT_404, f"the title is {head.title[:80]!r}")
    for reason, sign in SIGNS.items():
        match = sign.search(f"{head.title}\n{text}")
        if match:
            raise Unextractable(reason, f"{match[0]!r} in a text of {words} words")


def _read_publisher(page: Page) -> str | None:
    """Give the publisher's name as the page declares it, or null: a host name is not a name."""
    head, json_ld = page.head, page.json_ld
    candidates = (
        text_of(json_ld.article.get("publisher")),
        _referred(json_ld),
        head.first("og:site_name"),
        *(text_of(node.get("name")) for node in json_ld.nodes if types_of(node) & _ORGANISATIONS),
        *(text_of(node.get("name")) for node in json_ld.nodes if "website" in types_of(node)),
        head.first("dc.publisher", "dcterms.publisher", "publisher", "application-name"),
    )
    return next((name for name in candidates if name and _is_name(name)), None)


def _referred(json_ld: JsonLd) -> str | None:
    publisher = json_ld.article.get("publisher")
    reference = publisher.get("@id") if isinstance(publisher, dict) else None
    for node in json_ld.nodes:
        if reference and node.get("@id") == reference and node.get("name"):
            return text_of(node["name"])
    return None


def _is_name(text: str) -> bool:
    return (
        len(text) <= _NAME_LIMIT_CHARS
        and not urlsplit(text).scheme.startswith("http")
        and not text.startswith("@")
    )
