"""The main text of a page as each extractor sees it, one paragraph a line."""

import re
from html import unescape
from importlib.metadata import version
from typing import Any
from unicodedata import normalize

import trafilatura
from resiliparse.extract.html2text import extract_plain_text
from trafilatura.settings import Extractor

from transforms.extract.remember_pruning import remember_pruning
from transforms.extract.unextractable import Unextractable, UnextractableReason

TRAFILATURA = f"trafilatura {trafilatura.__version__}"
TRAFILATURA_FAST = f"{TRAFILATURA} fast"
RESILIPARSE = f"resiliparse {version('resiliparse')}"
ARTICLE_BODY = "articleBody 1"

BLOCK_TAG = re.compile(r"</?(?:p|div|br|h[1-6]|li|ul|ol|blockquote)\b[^<>]*>", re.IGNORECASE)
ANY_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")


def trafilatura_text(root: Any, *, fast: bool) -> list[str]:
    """Give the lines that trafilatura finds. The tree is not changed.

    Comments are left out (that alone raised whole-page F1 by .011 on ft), tables stay. No deduplication:
    trafilatura's remembers lines from page to page, and a text must not depend on what was read before.
    `fast` leaves out its comparison with readability and justext, a third of its time.
    """
    remember_pruning()
    options = Extractor(comments=False, tables=True, dedup=False, output_format="python", fast=fast)
    try:
        document = trafilatura.bare_extraction(root, options=options)
    except RecursionError as error:
        raise Unextractable(
            UnextractableReason.TOO_DEEP, "nested beyond what the extractor follows"
        ) from error
    return lines_of(getattr(document, "text", None) or "")


def resiliparse_text(html: str) -> list[str]:
    """Give the lines of resiliparse's main content: a second opinion, less precise, at a tenth of the cost."""
    text = extract_plain_text(
        html, preserve_formatting=True, main_content=True, list_bullets=False, alt_texts=False, comments=False
    )
    return lines_of(text)


def article_body_text(article: dict[str, Any]) -> list[str]:
    """Give the lines of schema.org's articleBody, without the markup and entities that some leave in."""
    body = article.get("articleBody")
    if not isinstance(body, str):
        return []
    text = unescape(unescape(body)) if "&" in body else body
    return lines_of(ANY_TAG.sub("", BLOCK_TAG.sub("\n", text)) if "<" in text else text)


def lines_of(text: str) -> list[str]:
    """Give the non-empty lines of a text, in Unicode normal form C, with white space folded."""
    return [line for raw in normalize("NFC", text).splitlines() if (line := " ".join(raw.split()))]
