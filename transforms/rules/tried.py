"""What is known of rule files that were tried before: whose examples hold, and the words of their patterns.

A rule set is read at every start of a process, and trying its examples took most of that time. A file that
was not tried, or was changed since, is not named here and is tried when it is read.
"""

import hashlib
import json
from dataclasses import dataclass, field

from copydesk.transforms.rules.find_words import Keys

KeysOf = dict[str, Keys | None]


@dataclass(frozen=True, slots=True)
class Tried:
    """The digests of the files' texts, and the keys of each pattern in them (find_words)."""

    digests: frozenset[str] = frozenset()
    keys: KeysOf = field(default_factory=dict)


def digest_file(text: str) -> str:
    """Return the digest under which a rule file's text is known."""
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def dump_tried(tried: Tried) -> str:
    """Write `tried` as JSON, a pattern a line."""
    keys = {source: keys and _written(keys) for source, keys in sorted(tried.keys.items())}
    lines = ",\n".join(f" {json.dumps(source)}: {json.dumps(words)}" for source, words in keys.items())
    return f'{{"digests": {json.dumps(sorted(tried.digests))},\n"keys": {{\n{lines}\n}}}}\n'


def load_tried(text: str) -> Tried:
    """Read what `dump_tried` wrote."""
    data = json.loads(text)
    # Many are the same, and a rule set goes through a pipe to each worker.
    shared: dict[str, frozenset[str]] = {}
    keys = {
        source: words
        and {key: shared.setdefault(beside, frozenset(beside.split())) for key, beside in words.items()}
        for source, words in data["keys"].items()
    }
    return Tried(frozenset(data["digests"]), keys)


def _written(keys: Keys) -> dict[str, str]:
    return {key: " ".join(sorted(beside)) for key, beside in sorted(keys.items())}
