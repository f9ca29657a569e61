"""A newsroom's own rule, as a file: by default one that takes the line of the quay clock."""

import json
from pathlib import Path

CLOCK = "The quay clock says 12"
"""A line that our own rules keep and the rule of the quay clock takes."""


def write_rule(
    file: Path,
    *,
    name: str = "quay-clock",
    pattern: str = r"the quay clock says \d+",
    example: str = CLOCK,
    keeps: str = "The quay clock says nothing of the sort to those who wait",
    max_words: int = 40,
) -> Path:
    """Write a file with a rule that takes whole lines; return it."""
    lines = [
        "[[rule]]",
        f"id = {json.dumps(f'own.{name}')}",
        'kind = "nav"',
        'zone = "any"',
        'match = "line"',
        f"max_words = {max_words}",
        'languages = ["en"]',
        f"patterns = [{json.dumps(pattern)}]",
        f"examples = [{json.dumps(example)}]",
        f"keeps = [{json.dumps(keeps)}]",
        'since = "2026-03-01"',
        'source = "seen on the desk"',
    ]
    file.write_text("\n".join(lines) + "\n", "utf-8")
    return file
