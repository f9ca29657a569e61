"""What is known of rule files that were tried before: whose examples hold, and the words of their patterns.

A rule set is read at every start of a process, and trying its examples took most of that time. A file that
was not tried, or was changed since, is not named here and is tried when it is read.
"""

import hashlib
import json
from dataclasses import dataclass, field

Keys = dict[str, frozenset[str] | None]


@dataclass(frozen=True, slots=True)
class Tried:
    """The digests of the files' texts, and the keys of each pattern in them (find_words)."""

    digests: frozenset[str] = frozenset()
    keys: Keys = field(default_factory=dict)


def digest_file(text: str) -> str:
    """Return the digest under which a rule file's text is known."""
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def dump_tried(tried: Tried) -> str:
    """Write `tried` as JSON, a pattern a line."""
    keys = {source: sorted(words) if words else None for source, words in sorted(tried.keys.items())}
    lines = ",\n".join(f" {json.dumps(source)}: {json.dumps(words)}" for source, words in keys.items())
    return f'{{"digests": {json.dumps(sorted(tried.digests))},\n"keys": {{\n{lines}\n}}}}\n'


def load_tried(text: str) -> Tried:
    """Read what `dump_tried` wrote."""
    data = json.loads(text)
    keys = {source: words and frozenset(words) for source, words in data["keys"].items()}
    return Tried(frozenset(data["digests"]), keys)
