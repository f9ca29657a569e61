"""What tells one article of a site from another, small enough to stand beside each sighting."""

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from copydesk.transforms.site_memory.place_paragraphs import Paragraph

_NAME = re.compile(r"(?<=[a-zà-ÿ,;] )[A-ZÀ-Þ][\w’'-]{2,}")
KERNEL_PARAGRAPHS = 3
MOST_NAMES = 6


@dataclass(frozen=True, slots=True)
class Witness:
    """An article as a witness: hashes of its longest paragraphs, and of the names that it repeats most."""

    kernel: tuple[int, ...]
    names: tuple[int, ...]


def witness(paragraphs: Sequence[Paragraph]) -> Witness:
    """Return what an article can be told by; its last third, where a site's own blocks stand, plays no part."""
    story = [each.text for each in paragraphs[: max(1, 2 * len(paragraphs) // 3)]]
    longest = sorted(story, key=lambda text: (-len(text), text))[:KERNEL_PARAGRAPHS]
    counts = Counter(name for text in story for name in _NAME.findall(text))
    names = sorted(counts, key=lambda name: (-counts[name], name))[:MOST_NAMES]
    return Witness(tuple(sorted(map(_hash, longest))), tuple(sorted(map(_hash, names))))


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.sha256(" ".join(text.split()).encode()).digest()[:4], "big")
