"""Finds the parts of a page by the selectors of its site."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from copydesk.transforms.extract.main_text import lines_of
from copydesk.transforms.extract.site_config import SiteConfig, SiteConfigs
from copydesk.transforms.page.walk_page import Page


@dataclass(frozen=True, slots=True)
class Found:
    """What the selectors of a site find on one page; empty where they find nothing."""

    name: str
    lines: tuple[str, ...] = ()
    title: str | None = None
    authors: tuple[str, ...] = ()
    date: str | None = None


def find_by_config(page: Page, url: str | None, configs: SiteConfigs) -> Found | None:
    """Return what the selectors for a page's site find on it; None where there are none for it."""
    config = config_of(url, configs) if configs else None
    if config is None:
        return None
    root = page.root
    removed = {element for path in config.remove for element in _elements(root, path)}
    dates = _strings(root, config.date)
    titles = _strings(root, config.title)
    return Found(
        config.name,
        tuple(_lines(page, _first(root, config.body), removed)),
        titles[0] if titles else None,
        tuple(dict.fromkeys(_strings(root, config.author))),
        dates[0] if dates else None,
    )


def config_of(url: str | None, configs: SiteConfigs) -> SiteConfig | None:
    """Return the selectors for an address: of its host, else of the nearest host above it."""
    try:
        host = (urlsplit(url or "").hostname or "").removeprefix("www.")
    except ValueError:
        return None
    while "." in host:
        if host in configs:
            return configs[host]
        host = host.partition(".")[2]
    return None


@lru_cache(maxsize=4096)
def _compiled(path: str) -> etree.XPath:
    return etree.XPath(path, regexp=False)


def _select(root: Any, path: str) -> list[Any]:
    try:
        found = _compiled(path)(root)
    except etree.XPathError:  # a function that there is not, a comparison that this page makes senseless
        return []
    return found if isinstance(found, list) else [found]


def _elements(root: Any, path: str) -> list[Any]:
    return [each for each in _select(root, path) if hasattr(each, "tag")]


def _first(root: Any, paths: tuple[str, ...]) -> list[Any]:
    return next((found for path in paths if (found := _elements(root, path))), [])


def _strings(root: Any, paths: tuple[str, ...]) -> list[str]:
    for path in paths:
        texts = [
            " ".join((each if isinstance(each, str) else "".join(each.itertext())).split())
            for each in _select(root, path)
            if isinstance(each, str) or hasattr(each, "itertext")
        ]
        if found := [text for text in texts if text]:
            return found
    return []


def _lines(page: Page, bodies: list[Any], removed: set[Any]) -> Iterator[str]:
    """Yield the text of elements, a line a block, without what is removed from them."""
    inside = set(_below(bodies, removed))
    pieces: list[str] = []
    block = None
    for index, (text, owner) in enumerate(zip(page.text.texts, page.text.owners, strict=True)):
        if owner not in inside:
            continue
        here = page.text.block(index)
        if here is not block and pieces:
            yield from lines_of("".join(pieces).replace("\n", " "))
            pieces.clear()
        block = here
        pieces.append(text)
    yield from lines_of("".join(pieces).replace("\n", " "))


def _below(elements: list[Any], removed: set[Any]) -> Iterator[Any]:
    waiting = [element for element in elements if element not in removed]
    while waiting:
        element = waiting.pop()
        yield element
        waiting += [child for child in element if child not in removed]
