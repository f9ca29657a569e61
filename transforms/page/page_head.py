"""The head of a page: its meta tags, link tags, title and language."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Head:
    """What the head holds: `metas` by lower-case name, property or itemprop; `links` by lower-case rel."""

    title: str
    html_lang: str | None
    metas: dict[str, tuple[str, ...]]
    links: dict[str, tuple[str, ...]]

    def first(self, *names: str) -> str | None:
        """Give the first non-empty content of the first meta tag that has one."""
        return next((values[0] for name in names if (values := self.metas.get(name))), None)


def page_head(root: Any, meta_tags: Iterable[Any], link_tags: Iterable[Any]) -> Head:
    """Collect meta and link tags, wherever on the page they stand: broken pages put them into the body."""
    metas: dict[str, list[str]] = {}
    links: dict[str, list[str]] = {}
    for meta in meta_tags:
        content = " ".join((meta.get("content") or "").split())
        if content:
            for attribute in ("name", "property", "itemprop", "http-equiv"):
                for name in (meta.get(attribute) or "").lower().split():
                    metas.setdefault(name, []).append(content)
    for link in link_tags:
        href = (link.get("href") or "").strip()
        for rel in (link.get("rel") or "").lower().split():
            if href:
                links.setdefault(rel, []).append(href)
    title = root.find(".//head/title")
    return Head(
        title=" ".join(title.text_content().split()) if title is not None else "",
        html_lang=root.get("lang")
        or root.get("{http://www.w3.org/XML/1998/namespace}lang")
        or root.get("xml:lang"),
        metas={name: tuple(values) for name, values in metas.items()},
        links={rel: tuple(values) for rel, values in links.items()},
    )
