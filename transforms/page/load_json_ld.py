"""Read what a page says of itself as JSON-LD (schema.org), however badly it is written."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from itertools import islice
from typing import Any

from copydesk.transforms.text.letters_of import letters_of

ARTICLE_TYPES = frozenset(
    """
    advertisercontentarticle analysisnewsarticle article askpublicnewsarticle backgroundnewsarticle
    blogposting creativework discussionforumposting liveblogposting medicalscholarlyarticle newsarticle
    opinionnewsarticle
    report reportagenewsarticle review reviewnewsarticle satiricalarticle scholarlyarticle socialmediaposting
    techarticle
    """.split()  # noqa: SIM905 - a list of words reads best as one
)
LIST_TYPES = frozenset({"collectionpage", "itemlist", "searchresultspage"})

NODE_LIMIT = 2_000
DEPTH_LIMIT = 12
SCRIPT_LIMIT_CHARS = 3_000_000
TRAILING_COMMA = re.compile(r",(\s*[}\]])")
BAD_ESCAPE = re.compile(r"\\(?![\"\\/bfnrtu])")
WRAPPING = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>);?\s*$"
)
SALVAGED_KEYS = ("headline", "articleBody", "description", "articleSection", "inLanguage", "license", "url")
SALVAGED = re.compile(r'"(' + "|".join(SALVAGED_KEYS) + r')"\s*:\s*"((?:[^"\\]|\\.)*)"')
SALVAGED_TYPE = re.compile(r'"@type"\s*:\s*"([A-Za-z]{3,40})"')

LONE_HALF = re.compile(
    r"\\u(?:d[89ab][0-9a-f]{2}(?!\\ud[c-f][0-9a-f]{2})|(?<!\\ud[89ab][0-9a-f]{2}\\u)d[c-f][0-9a-f]{2})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Block:
    """A script and its value; of one that is no JSON, `is_broken`, what could be read of it."""

    source: str
    value: Any
    is_broken: bool = False


@dataclass(frozen=True, slots=True)
class JsonLd:
    """All nodes of a page in document order, and the one of its article (empty where none is)."""

    nodes: tuple[dict[str, Any], ...]
    article: dict[str, Any]
    blocks: tuple[Block, ...] = ()


def load_json_ld(scripts: Iterable[str], *, page_title: str = "") -> JsonLd:
    """Load a page's JSON-LD scripts. `page_title` helps to tell the article from its related ones."""
    blocks = tuple(_load(script[:SCRIPT_LIMIT_CHARS]) for script in scripts)
    nodes = tuple(islice((node for block in blocks for node in _walk(block.value, 0)), NODE_LIMIT))
    return JsonLd(nodes, _article_of(nodes, page_title), blocks)


def types_of(node: dict[str, Any]) -> frozenset[str]:
    """Give the types of a node in lower case, without their namespace."""
    names = [name for name in as_list(node.get("@type")) if isinstance(name, str)]
    return frozenset(name.rsplit("/", 1)[-1].rsplit(":", 1)[-1].lower() for name in names)


def as_list(value: Any) -> list[Any]:
    """Give a list for a list, nothing for null, and a list of one for anything else."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def text_of(value: Any) -> str | None:
    """Give the text of a property that may be a string, a list of them, or an object with a name."""
    for item in as_list(value):
        named = item
        if isinstance(item, dict):
            named = item.get("@value") or item.get("name") or item.get("@id") or item.get("url")
        if isinstance(named, str) and named.strip():
            return " ".join(unescape(named).split())
    return None


def _load(source: str) -> Block:
    try:
        value = json.loads(mend_surrogates(source.strip().removesuffix(";")), strict=False)
    except (ValueError, RecursionError):
        return Block(source, _load_broken(source), is_broken=True)
    return Block(source, value)


def _load_broken(source: str) -> Any:
    source = mend_surrogates(WRAPPING.sub("", WRAPPING.sub("", source)).strip().rstrip(";"))
    for attempt in (str, lambda text: BAD_ESCAPE.sub("", TRAILING_COMMA.sub(r"\1", text)), unescape):
        try:
            # Real pages carry raw line breaks inside strings, and sometimes a second value after the first.
            return json.JSONDecoder(strict=False).raw_decode(attempt(source).lstrip())[0]
        except (ValueError, RecursionError):
            continue
    return _salvage(source)


def _salvage(source: str) -> dict[str, Any]:
    """Pick single strings out of JSON that no parser takes, if it says that it is an article."""
    type_match = SALVAGED_TYPE.search(source)
    if type_match is None or type_match[1].lower() not in ARTICLE_TYPES:
        return {}
    node: dict[str, Any] = {"@type": type_match[1]}
    for key, raw in SALVAGED.findall(source):
        try:
            node.setdefault(key, json.loads(f'"{raw}"', strict=False))
        except ValueError:
            node.setdefault(key, raw)
    return node


def _walk(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > DEPTH_LIMIT:
        return
    if isinstance(value, list):
        for item in value[:NODE_LIMIT]:
            yield from _walk(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart", "itemListElement", "item"):
            if isinstance(value.get(key), dict | list):
                yield from _walk(value[key], depth + 1)


def _article_of(nodes: tuple[dict[str, Any], ...], page_title: str) -> dict[str, Any]:
    title = letters_of(page_title)
    best: dict[str, Any] = {}
    best_score = 0
    for node in nodes:
        types = types_of(node)
        if not types & ARTICLE_TYPES:
            continue
        headline = letters_of(text_of(node.get("headline")) or text_of(node.get("name")) or "")
        score = 1 + 4 * bool(headline and title and (headline in title or title in headline))
        score += 2 * bool(node.get("articleBody")) + 2 * bool(
            types & ARTICLE_TYPES - {"creativework", "review"}
        )
        if score > best_score:
            best, best_score = node, score
    return best


def mend_surrogates(text: str) -> str:
    r"""Return JSON text with U+FFFD for each \uD800 to \uDFFF that is no half of a pair."""
    return LONE_HALF.sub(r"\\ufffd", text)
