"""The main text of a page as each extractor sees it, one paragraph a line."""

import re
from contextlib import suppress
from copy import copy
from functools import cache
from html import unescape
from importlib.metadata import version
from math import floor
from typing import Any
from unicodedata import normalize

import trafilatura
from lxml.etree import XPath
from resiliparse.extract.html2text import extract_plain_text
from trafilatura import xpaths
from trafilatura.baseline import baseline, html2txt
from trafilatura.core import (
    ESCALATION_ACCEPT_RATIO,
    ESCALATION_MAX_LENGTH,
    ESCALATION_PAGE_SHARE,
    _forum_thread_page,
)
from trafilatura.htmlprocessing import convert_tags, prune_unwanted_nodes, tree_cleaning
from trafilatura.main_extractor import extract_content
from trafilatura.settings import Extractor
from trafilatura.xml import xmltotxt

from copydesk.transforms.extract.remember_pruning import remember_pruning
from copydesk.transforms.refuse import Unextractable, UnextractableReason

TRAFILATURA = f"trafilatura {trafilatura.__version__}"
TRAFILATURA_FAST = f"{TRAFILATURA} fast"
RESILIPARSE = f"resiliparse {version('resiliparse')}"
ARTICLE_BODY = "articleBody 1"

BLOCK_TAG = re.compile(r"</?(?:p|div|br|h[1-6]|li|ul|ol|blockquote)\b[^<>]*>", re.IGNORECASE)
ANY_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_HELD = XPath("//text()[not(parent::script or parent::style or parent::svg)]", smart_strings=False)


def trafilatura_text(root: Any, *, fast: bool) -> list[str]:
    """Give the lines that trafilatura finds. The tree is not changed.

    Comments are left out (that alone raised whole-page F1 by .011 on ft), tables stay. No deduplication:
    trafilatura's remembers lines from page to page, and a text must not depend on what was read before.
    `fast` leaves out its comparison with readability and justext, and what only that asks for: half of its time.
    """
    remember_pruning()
    try:
        return lines_of(_fast_text(root) if fast else _slow_text(root))
    except RecursionError as error:
        raise Unextractable(
            UnextractableReason.TOO_DEEP, "nested beyond what the extractor follows"
        ) from error


def _slow_text(root: Any) -> str:
    document = trafilatura.bare_extraction(root, options=_options(is_fast=False))
    return getattr(document, "text", None) or ""


def _fast_text(root: Any) -> str:
    """Do what trafilatura does in its fast mode, without the copies of a page that only its slow mode reads."""
    options = _options(is_fast=True)
    try:
        body, text = extract_content(_prepared(_pruned(root), options), options)
        if len(text) < options.min_extracted_size or _may_be_little(text, root):
            body, text = _retried(_pruned(root), body, text)
    except (TypeError, ValueError):
        return ""
    return xmltotxt(body, options.formatting) if text else ""


def _pruned(root: Any) -> Any:
    """Copy a page, without other articles that follow and, unless it is a forum, without comments."""
    tree = copy(root)
    is_forum = _forum_thread_page(tree)
    prune_unwanted_nodes(tree, xpaths.RAW_TREE_PRUNE_XPATH)
    return tree if is_forum else prune_unwanted_nodes(tree, xpaths.REMOVE_COMMENTS_AND_LISTS_XPATH)


def _prepared(tree: Any, options: Extractor) -> Any:
    return convert_tags(tree_cleaning(tree, options), options)


def _retried(tree: Any, body: Any, text: str) -> tuple[Any, str]:
    """Rescue what is nearly nothing; where a text is little of its page, take what leaves less out if it is longer."""
    options = _options(is_fast=True)
    if len(text) < options.min_extracted_size:
        rescued, its_text, chars = baseline(tree)
        if chars > len(text):
            body, text = rescued, its_text
    most = min(ESCALATION_MAX_LENGTH, ESCALATION_PAGE_SHARE * len(html2txt(tree)))
    if 0 < len(text) < most:
        options = copy(options)
        options.focus = "recall"
        with suppress(Exception):  # as trafilatura has it: the first text stands where the second try fails
            found, its_text = extract_content(_prepared(tree, options), options)
            if len(its_text) >= max(
                options.min_extracted_size, floor(ESCALATION_ACCEPT_RATIO * len(text)) + 1
            ):
                return found, its_text
    return body, text


def _may_be_little(text: str, root: Any) -> bool:
    """Whether a text may be little of its page: whether it is of all that stands there, which is quickly summed up."""
    if len(text) >= ESCALATION_MAX_LENGTH:
        return False
    held = _HELD(root)
    return len(text) < ESCALATION_PAGE_SHARE * (sum(map(len, held)) + len(held))


@cache
def _options(*, is_fast: bool) -> Extractor:
    return Extractor(comments=False, tables=True, dedup=False, output_format="python", fast=is_fast)


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
