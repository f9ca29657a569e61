"""What a worker process does: refine batches with a rule set that it loads once."""

from pathlib import Path

import pyarrow as pa

from flows.load_rules import load_rules
from transforms.refine import refine
from transforms.rules.records import RuleSet

_desk: list[tuple[RuleSet, dict[str, str]]] = []


def prepare(own_rules: tuple[Path, ...], versions: dict[str, str]) -> None:
    """Load the rules once in this process."""
    _desk[:] = [(load_rules(own_rules), versions)]


def refine_batch(documents: pa.Table) -> dict[str, pa.Table]:
    """Refine a batch with the rules of this process."""
    rules, versions = _desk[0]
    return refine(documents, rules=rules, versions=versions)
