"""From a payload as received to its text and what its page says beside the text."""

from transforms.credits.read_credits import read_credits
from transforms.extract.choose_text import choose_text
from transforms.extract.decode_payload import decode_html, decode_plain_text
from transforms.extract.judge_completeness import judge_completeness
from transforms.extract.line_evidence import line_evidence
from transforms.extract.page_text import read_page_text
from transforms.extract.parse_page import parse_page
from transforms.extract.read_authors import Shown, read_authors, vote
from transforms.extract.read_canonical_url import read_canonical_url
from transforms.extract.read_dek import read_dek
from transforms.extract.read_head import read_head
from transforms.extract.read_images import read_images
from transforms.extract.read_json_ld import read_json_ld, text_of
from transforms.extract.read_language import read_language
from transforms.extract.read_licence import read_licence
from transforms.extract.read_publisher import read_publisher
from transforms.extract.read_title import read_title, title_words
from transforms.extract.refuse_page import refuse_page
from transforms.extract.unextractable import Unextractable, UnextractableReason
from transforms.records import Extracted, Payload

PLAIN_TEXT = "plain text 1"


def extract(payload: Payload) -> Extracted:
    """Give the text of a payload and what it says of itself; raise `Unextractable` where it is no article."""
    match payload.media_type.partition(";")[0].strip().lower():
        case "text/plain":
            return _extract_plain_text(payload)
        case "text/html" | "application/xhtml+xml":
            return _extract_html(payload)
        case other:
            raise Unextractable(UnextractableReason.UNKNOWN_MEDIA_TYPE, other)


def _extract_plain_text(payload: Payload) -> Extracted:
    decoded = decode_plain_text(payload.content, payload.charset)
    text = decoded.text
    return Extracted(
        text=text,
        extractor=PLAIN_TEXT,
        charset=decoded.charset,
        title=payload.title,
        credited=vote({"carrier": read_credits(payload.authors, houses=[payload.publisher or ""])}),
        publisher=payload.publisher,
        language=read_language(text, payload.language),
    )


def _extract_html(payload: Payload) -> Extracted:
    decoded = decode_html(payload.content, payload.charset)
    html = decoded.text
    root = parse_page(html)
    elements = tuple(root.iter())
    head = read_head(root)
    json_ld = read_json_ld(root, page_title=title_words(head))
    page = read_page_text(root)
    chosen = choose_text(root, html, page, json_ld)
    text = "\n".join(chosen.text.lines)
    refuse_page(text, head, json_ld)
    publisher = read_publisher(head, json_ld) or payload.publisher
    title = read_title(root, head, json_ld, publisher=publisher) or payload.title
    shown = Shown(page, title, chosen.text.places)
    declared = (
        head.html_lang,
        head.first("og:locale"),
        text_of(json_ld.article.get("inLanguage")),
        payload.language,
    )
    return Extracted(
        text=text,
        extractor=chosen.text.extractor,
        title=title,
        dek=read_dek(root, head, json_ld, page, chosen.text, title),
        credited=read_authors(root, head, json_ld, shown, publisher=publisher, carrier=payload.authors),
        publisher=publisher,
        language=read_language(text, *declared),
        section=text_of(json_ld.article.get("articleSection")) or head.first("article:section"),
        licence=read_licence(root, head, json_ld),
        canonical_url=read_canonical_url(head, json_ld, url=payload.url, title=title),
        images=read_images(root, head, json_ld, url=payload.url),
        completeness=judge_completeness(text, root, head, json_ld, is_doubtful=chosen.is_doubtful),
        lines=line_evidence(chosen, page),
        charset=decoded.charset,
        page=root,
        elements=elements,
    )
