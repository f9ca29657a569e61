"""Finds patterns of a rule file that backtrack, before they meet a text: such a line would take for ever."""

from collections.abc import Iterable
from pathlib import Path

from flows.load_rules import read_forms
from flows.workers.limits import Limits
from flows.workers.open_workers import open_workers
from flows.workers.worker import Failure
from transforms.rules.attack_pattern import attack_pattern
from transforms.rules.find_tokens import find_tokens
from transforms.rules.fold import fold
from transforms.rules.match_rule import match_form
from transforms.rules.parse_rules import RuleError
from transforms.rules.records import Form

TRIAL = Limits(document_seconds=2.0)
"""An innocent pattern is done with all its lines in a thousandth of that."""


def find_slow_rules(file: Path, *, others: Iterable[Path] = ()) -> None:
    """Try each pattern of a rule file on lines that are made to hurt it, each within the limits of a worker.

    `others` are rule files that it is read with. Raises RuleError, with all that are slow.
    """
    forms = read_forms(file, others=others)
    with open_workers(count=0, limits=TRIAL) as workers:
        trials = [(form, workers.submit(try_pattern, form)) for form in forms]
        slow = [
            f"{file}: {form.owner.rule_id}: a pattern of it backtracks ({trial.result().detail}): {form.source}"
            for form, trial in trials
            if isinstance(trial.result(), Failure)
        ]
    if slow:
        raise RuleError("\n".join(slow))


def try_pattern(form: Form) -> None:
    """Match a pattern, as cleaning would, with lines that are made to hurt it, and with its owner's texts."""
    for line in (*attack_pattern(form.source), *form.owner.examples, *form.owner.keeps):
        folded = fold(line)
        match_form(form, folded, folded, find_tokens(folded))
