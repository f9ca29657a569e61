"""Read who made an article: people, agencies and organisations, by a vote of the places where a page names them."""

import re
from collections.abc import Sequence
from operator import itemgetter
from typing import Any

from copydesk.transforms.credits.collect_credits import collect_credits
from copydesk.transforms.extract.read_shown_byline import read_shown_byline
from copydesk.transforms.page.load_json_ld import JsonLd, as_list, text_of, types_of
from copydesk.transforms.page.page_head import Head
from copydesk.transforms.page.page_text import TextRange
from copydesk.transforms.page.walk_page import Page
from copydesk.transforms.records import Authors
from copydesk.transforms.registered_domain import registered_domain
from copydesk.transforms.text.words import list_of

META_NAMES = list_of("metas", "authors")
ADDRESS = re.compile(r"https?:|www\.|^\d+$|^@")
OWNER = re.compile(r"copyright|\(c\)|\u00a9|all rights reserved\.?|\b(?:19|20)\d\d\b", re.IGNORECASE)
"""What stands around the owner's name in a mark of copyright."""
LINK_LIMIT_CHARS = 100
TRUST = {"json_ld": 1.4, "meta": 1.2, "byline": 1.1, "links": 1.0, "carrier": 0.9, "site": 9.0}
"""What a place is worth that nobody confirms; each other place that names one of its people adds one."""


def read_authors(
    page: Page,
    title: str | None,
    places: Sequence[TextRange | None],
    *,
    publisher: str | None,
    carrier: Sequence[str],
    selected: Sequence[str] = (),
) -> Authors:
    """Give those whom the page names as authors; the people of the place that the others confirm most.

    `places` are those of its text: the byline is looked for around them and the headline. `selected` are those that the
    user's own selectors find.
    """
    houses = house_names(page.head, page.json_ld, publisher)
    declared = collect_credits(_from_json_ld(page.json_ld), houses=houses)
    metas = dict.fromkeys(collect_credits(values, houses=houses) for values in _from_metas(page.head))
    opinions = [("json_ld", declared), *(("meta", found) for found in metas)]
    if not declared.people or list(metas) != [declared]:
        byline = read_shown_byline(page.text, title, places)
        opinions.append(("byline", collect_credits(byline, houses=houses)))
    if not any(found != Authors() for _, found in opinions):
        opinions.append(("links", collect_credits(_of_one_author(page), houses=houses)))
    opinions.append(("carrier", collect_credits(carrier, houses=houses)))
    if selected:
        opinions.append(("site", collect_credits(selected, houses=houses)))
    return vote(opinions)


def vote(opinions: Sequence[tuple[str, Authors]]) -> Authors:
    """Choose the people whom one place names; what others name beside them is kept as rejected."""
    weighed = [
        (
            TRUST[place] + sum(_share(found, other) for _, other in opinions if other is not found),
            place,
            found,
        )
        for place, found in opinions
        if found.people
    ]
    _, method, chosen = max(weighed, key=itemgetter(0), default=(0, None, Authors()))
    known = {_key(name) for name in chosen.people}
    rejected = {
        f"{name} ({place})": None
        for place, found in opinions
        for name in found.people
        if _key(name) not in known
    }
    return Authors(
        people=chosen.people,
        agencies=_each_once(opinions, "agencies"),
        organisations=_each_once(opinions, "organisations"),
        method=method,
        rejected=tuple(rejected),
    )


def house_names(head: Head, json_ld: JsonLd, publisher: str | None) -> list[str]:
    """Give the names under which the outlet speaks of itself."""
    address = (head.links.get("canonical") or head.metas.get("og:url") or ("",))[0]
    domain = registered_domain(address) or ""
    sites = [
        text_of(node.get("name")) for node in json_ld.nodes if types_of(node) & {"website", "organization"}
    ]
    owners = [OWNER.sub("", right) for right in head.metas.get("copyright", ())]
    named = (publisher, head.first("og:site_name"), domain.partition(".")[0], domain, *sites, *owners)
    return [name for name in named if name]


def _key(name: str) -> frozenset[str]:
    return frozenset(name.casefold().split())


def _share(one: Authors, other: Authors) -> bool:
    return not {_key(name) for name in one.people}.isdisjoint({_key(name) for name in other.people})


def _each_once(opinions: Sequence[tuple[str, Authors]], kind: str) -> tuple[str, ...]:
    names = {name.casefold(): name for _, found in reversed(opinions) for name in getattr(found, kind)}
    return tuple(reversed(names.values()))


def _from_json_ld(json_ld: JsonLd) -> list[str]:
    names: list[str] = []
    for author in as_list(json_ld.article.get("author")) or as_list(json_ld.article.get("creator")):
        if isinstance(author, str):
            names.append(author)
        elif isinstance(author, dict):
            named = [name for name in as_list(author.get("name")) if isinstance(name, str)]
            given, family = author.get("givenName"), author.get("familyName")
            if not named and isinstance(given, str) and isinstance(family, str):
                named = [f"{given} {family}"]
            names.extend(named or _referred(author, json_ld))
    return names


def _referred(author: dict[str, Any], json_ld: JsonLd) -> list[str]:
    """Follow an author that is only an @id to its node in the graph."""
    reference = author.get("@id")
    return [
        node["name"]
        for node in json_ld.nodes
        if reference and node.get("@id") == reference and isinstance(node.get("name"), str)
    ]


def _from_metas(head: Head) -> list[list[str]]:
    """Give the values of each kind of meta tag that names somebody: one an author, or one for all."""
    each = ([value for value in head.metas.get(name, ()) if not ADDRESS.search(value)] for name in META_NAMES)
    return [values for values in each if values]


def _of_one_author(page: Page) -> list[str]:
    """Give the links to authors, where all are to one: others are those of teasers."""
    links = (link for link in page.tagged["a"] if "author" in (link.get("rel") or ""))
    names = {" ".join(" ".join(link.itertext()).split()) for link in links} - {""}
    return list(names) if len(names) == 1 and len(min(names)) <= LINK_LIMIT_CHARS else []
