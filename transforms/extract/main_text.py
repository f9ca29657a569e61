"""The main text of a page as each extractor sees it, one paragraph a line."""

import importlib
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
from lxml.etree import strip_tags
from resiliparse.extract.html2text import extract_plain_text
from trafilatura import xpaths
from trafilatura.baseline import baseline, html2txt
from trafilatura.core import (
    ESCALATION_ACCEPT_RATIO,
    ESCALATION_MAX_LENGTH,
    ESCALATION_PAGE_SHARE,
    _forum_thread_page,
)
from trafilatura.htmlprocessing import (
    _handle_forms,
    convert_tags,
    prune_html,
    prune_unwanted_nodes,
    recover_math,
    tree_cleaning,
)
from trafilatura.main_extractor import extract_content
from trafilatura.settings import MANUALLY_CLEANED, MANUALLY_STRIPPED, Extractor
from trafilatura.xml import delete_element, xmltotxt

from copydesk.schemas.reasons import Reason
from copydesk.transforms.extract.prune_sections import prune_sections
from copydesk.transforms.extract.remember_pruning import remember_pruning, remember_together
from copydesk.transforms.extract.stop_words import stop_words
from copydesk.transforms.page.walk_page import Page
from copydesk.transforms.refuse import Unextractable

TRAFILATURA = f"trafilatura {trafilatura.__version__}"
TRAFILATURA_FAST = f"{TRAFILATURA} fast"
RESILIPARSE = f"resiliparse {version('resiliparse')}"
ARTICLE_BODY = "articleBody 1"

BLOCK_TAG = re.compile(r"</?(?:p|div|br|h[1-6]|li|ul|ol|blockquote)\b[^<>]*>", re.IGNORECASE)
ANY_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_main_extractor: Any = importlib.import_module("trafilatura.main_extractor")
_external: Any = importlib.import_module("trafilatura.external")
_justext: Any = importlib.import_module("justext.core")
_OF_LAYOUT = ("presentation", "none")
_FORUM = "DiscussionForumPosting"
_OTHERS = [remember_together(xpaths.RAW_TREE_PRUNE_XPATH)]
_OTHERS_AND_COMMENTS = [
    remember_together([*xpaths.RAW_TREE_PRUNE_XPATH, *xpaths.REMOVE_COMMENTS_AND_LISTS_XPATH])
]


def trafilatura_text(page: Page, *, fast: bool) -> list[str]:
    """Give the lines that trafilatura finds. The page is not changed.

    Comments are left out (that alone raised whole-page F1 by .011 on ft), tables stay. No deduplication:
    trafilatura's remembers lines from page to page, and a text must not depend on what was read before.
    `fast` leaves out its comparison with readability and justext, and what only that asks for: half of its time.
    """
    _remember()
    try:
        return lines_of(_fast_text(page) if fast else _slow_text(page.root))
    except RecursionError as error:
        raise Unextractable(Reason.TOO_DEEP, "nested beyond what the extractor follows") from error


@cache
def _remember() -> None:
    """Put our parts in place of trafilatura's, once a process."""
    remember_pruning()
    _main_extractor.prune_unwanted_sections = prune_sections
    _external.jt_stoplist_init = stop_words
    _justext.define_stoplist = frozenset


def _slow_text(root: Any) -> str:
    document = trafilatura.bare_extraction(root, options=_options(is_fast=False))
    return getattr(document, "text", None) or ""


def _fast_text(page: Page) -> str:
    """Do what trafilatura does in its fast mode, without the copies of a page that only its slow mode reads."""
    options = _options(is_fast=True)
    try:
        body, text = extract_content(convert_tags(_cleaned(_pruned(page), page), options), options)
        if len(text) < max(options.min_extracted_size, _little_of(page.most_chars)):
            body, text = _retried(_pruned(page), body, text)
    except (TypeError, ValueError):
        return ""
    return xmltotxt(body, options.formatting) if text else ""


def _pruned(page: Page) -> Any:
    """Copy a page, without other articles that follow and, unless it is a forum, without comments."""
    tree = copy(page.root)
    may_be_forum = any(_FORUM in block.source for block in page.json_ld.blocks)
    is_forum = may_be_forum and _forum_thread_page(tree)
    return prune_unwanted_nodes(tree, _OTHERS if is_forum else _OTHERS_AND_COMMENTS)


def _cleaned(tree: Any, page: Page) -> Any:
    """Do what trafilatura's `tree_cleaning` does, for those of its tags that stand on the page."""
    recover_math(tree)
    for element in tree.iter("figure", "table"):
        is_figure = element.tag == "figure"
        if element.find(".//table") is not None if is_figure else element.get("role") in _OF_LAYOUT:
            element.tag = "div"
    strip_tags(tree, *MANUALLY_STRIPPED)
    for tag in filter((page.tags - {"form"}).__contains__, MANUALLY_CLEANED):
        for element in tree.iter(tag):
            delete_element(element)
    _handle_forms(tree)
    return prune_html(tree)


def _retried(tree: Any, body: Any, text: str) -> tuple[Any, str]:
    """Rescue what is nearly nothing; where a text is little of its page, take what leaves less out if it is longer."""
    options = _options(is_fast=True)
    if len(text) < options.min_extracted_size:
        rescued, its_text, chars = baseline(tree)
        if chars > len(text):
            body, text = rescued, its_text
    if 0 < len(text) < _little_of(len(html2txt(tree))):
        options = copy(options)
        options.focus = "recall"
        with suppress(Exception):  # as trafilatura has it: the first text stands where the second try fails
            found, its_text = extract_content(convert_tags(tree_cleaning(tree, options), options), options)
            if len(its_text) >= max(
                options.min_extracted_size, floor(ESCALATION_ACCEPT_RATIO * len(text)) + 1
            ):
                return found, its_text
    return body, text


def _little_of(chars: int) -> float:
    """Return of how many characters a text is little of a page with so many."""
    return min(ESCALATION_MAX_LENGTH, ESCALATION_PAGE_SHARE * chars)


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
