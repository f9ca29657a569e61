"""Read the dates in a page's own scripts: the state that it is drawn from, else fields named like a publication."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from copydesk.schemas.enums import DateKind
from copydesk.transforms.dates.evidence import Evidence
from copydesk.transforms.dates.find_heading import flat_title
from copydesk.transforms.dates.read_whole_date import read_stamp
from copydesk.transforms.dates.reading import Reading

_NAMES = (
    r"datePublished|date_published|publishedAt|published_at|publishedDate|publishedOn|publish_?[dD]ate"
    r"|publishDateTime|publication_?[dD]ate|pub_?[dD]ate|published?_?[tT]ime|firstPublish\w{0,12}"
    r"|first_published\w{0,6}|articlePublish\w{0,8}|displayDate|date_gmt|postDate|articleDate|pageDate"
    r"|createdAt|created_at|creationDate"
)
_FIELD = re.compile(
    rf"(?<!\w)({_NAMES})\\?[\"']?\s*[:=,]\s*\\?[\"']?(\d[^\"'\\,}}]{{7,40}}|\w{{3}}[^\"'\\}}]{{9,40}})"
)
_MARKS = (
    "ublish",
    "pubDate",
    "pub_date",
    "pubdate",
    "displayDate",
    "date_gmt",
    "postDate",
    "articleDate",
    "pageDate",
    "createdAt",
    "created_at",
    "creationDate",
)
_MOST_CHARS = 400_000
_IS_NAME = re.compile(_NAMES)
_TITLES = ("headline", "title", "name")
_LEAST_TITLE = 12
_OTHERS = re.compile(
    r"related|recommend|more|latest|popular|trending|teaser|similar|next|prev|sidebar|most|read|also|author|user|comment"
    r"|tag|event|ads?$|promo|menu|nav|image|photo|video|media|gallery",
    re.IGNORECASE,
)
"""Fields below which a state describes something else than the page's article."""
_MOST_NODES = 20_000
_MOST_STAMPS = 20

_Named = tuple[str, str, Reading]


def read_scripts(scripts: Iterable[str], title: str | None) -> list[Evidence]:
    """Return the dates that scripts name as publication: those beside the page's title, else the one day of all."""
    telling = [script[:_MOST_CHARS] for script in scripts if any(mark in script for mark in _MARKS)]
    states = [state for script in telling if (state := _load(script)) is not None]
    own = [*_distinct(_stamps_of(_titled(states, flat_title(title or ""))))]
    if len({reading.on for _, _, reading in own}) == 1:
        return [_evidence(*stamp, weight=0.75) for stamp in own]
    others = {raw for _, raw, _ in _stamps_of(_of_others(states))}
    stamps = [*_distinct(stamp for script in telling for stamp in _matches(script))]
    days = {reading.on for _, raw, reading in stamps if raw not in others}
    many = f"the scripts name {len(days)} different days"
    foreign = "belongs to something else that a script describes"
    return [
        _evidence(*stamp, weight=0.0, rejection=foreign)
        if stamp[1] in others
        else _evidence(
            *stamp, weight=0.65 if len(days) == 1 else 0.0, rejection="" if len(days) == 1 else many
        )
        for stamp in stamps
    ]


def _evidence(name: str, raw: str, reading: Reading, *, weight: float, rejection: str = "") -> Evidence:
    return Evidence(reading, DateKind.PUBLISHED, f"script:{name}", "script", weight, raw, rejection=rejection)


def _matches(script: str) -> Iterator[_Named]:
    for match in list(_FIELD.finditer(script))[:_MOST_STAMPS]:
        if (reading := _reading(match[1], match[2])) is not None:
            yield match[1], match[2], reading


def _reading(name: str, raw: str) -> Reading | None:
    """Return what a field states; `date_gmt` names its zone itself."""
    reading = read_stamp(raw)
    is_naive = reading is not None and reading.has_clock and reading.offset_minutes is None
    return read_stamp(f"{raw}Z") if is_naive and name.endswith("_gmt") else reading


def _distinct(stamps: Iterable[_Named]) -> Iterator[_Named]:
    seen = set[tuple[str, str]]()
    for name, raw, reading in stamps:
        if (name, raw) not in seen and len(seen) < _MOST_STAMPS:
            seen.add((name, raw))
            yield name, raw, reading


def _load(script: str) -> Any:
    """Return the JSON that a script is, or assigns to a name; null where it is neither."""
    start = re.match(r"\s*(?:[\w.$\[\]\"' ]{1,80}=\s*)?(?=[{\[])", script)
    if start is None:
        return None
    try:
        return json.JSONDecoder().raw_decode(script, start.end())[0]
    except (ValueError, RecursionError):
        return None


def _nodes(states: list[Any]) -> Iterator[tuple[dict[str, Any], bool]]:
    """Yield the objects of states, breadth first, and whether a field above says that they are something else."""
    waiting = [(state, False) for state in states]
    for number, (value, is_other) in enumerate(waiting):
        if number > _MOST_NODES:
            return
        if isinstance(value, dict):
            yield value, is_other
            waiting += [
                (item, is_other or bool(_OTHERS.search(str(key))))
                for key, item in value.items()
                if isinstance(item, (dict, list))
            ]
        elif isinstance(value, list):
            waiting += [(item, is_other) for item in value if isinstance(item, (dict, list))]


def _titled(states: list[Any], title: str) -> Iterator[dict[str, Any]]:
    """Yield the objects that bear the page's title."""
    for node, _ in _nodes(states):
        told = [flat_title(node[name]) for name in _TITLES if isinstance(node.get(name), str)]
        if any(len(text) >= _LEAST_TITLE and (text in title or title in text) for text in told if title):
            yield node


def _of_others(states: list[Any]) -> Iterator[dict[str, Any]]:
    return (node for node, is_other in _nodes(states) if is_other)


def _stamps_of(nodes: Iterable[dict[str, Any]]) -> Iterator[_Named]:
    for node in nodes:
        for name, value in node.items():
            if isinstance(value, (str, int)) and _IS_NAME.fullmatch(str(name)):
                raw = str(value)
                if (reading := _reading(name, raw)) is not None:
                    yield name, raw, reading
