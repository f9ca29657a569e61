"""Tries a rule file against the texts of the warehouse before it is adopted. Writes nothing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from copydesk.flows.load_rules import load_rules, read_forms
from copydesk.flows.settings import Settings
from copydesk.flows.workers.limits import Limits
from copydesk.flows.workers.open_workers import open_workers
from copydesk.flows.workers.worker import Failure
from copydesk.transforms.body_change import body_change
from copydesk.transforms.clean.clean import clean
from copydesk.transforms.records import Cleaned, Extracted
from copydesk.transforms.rules.attack_pattern import attack_pattern
from copydesk.transforms.rules.fold import find_tokens, fold
from copydesk.transforms.rules.match_rule import match_form
from copydesk.transforms.rules.parse_rules import RuleError
from copydesk.transforms.rules.records import RulePattern, RuleSet
from copydesk.transforms.span_rows import restore_text
from copydesk.warehouse.connect import connect_reader
from copydesk.warehouse.site_memory.texts import read_latest

KEPT_NOW = "(kept)"
"""Stands in place of a rule for what nothing takes out any more."""


@dataclass(frozen=True, slots=True)
class Effect:
    """A paragraph that a rule file newly takes out or newly keeps, with its neighbours.

    `rule_id` is the rule that takes it, or `KEPT_NOW`.
    """

    rule_id: str
    origin: str
    text: str
    above: str
    below: str


@dataclass(frozen=True, slots=True)
class RulesTest:
    """What came of a trial: how many texts were read, and every effect in order of rule and origin."""

    texts_count: int
    removed: tuple[Effect, ...]
    kept: tuple[Effect, ...]


def rules_test(
    file: Path, *, settings: Settings, source: str | None = None, limit: int | None = None
) -> RulesTest:
    """Clean the latest wordings with and without a rule file and return the differences.

    Both cleanings see the text alone, without its page, so that they differ in nothing but the file.
    Raises RuleError where the file or one of its examples is wrong or a pattern backtracks, NoWarehouseError where
    there is none.
    """
    find_slow_rules(file, others=settings.rules)
    now = load_rules(settings.rules)
    then = load_rules((*settings.rules, file))
    removed: list[Effect] = []
    kept: list[Effect] = []
    count = 0
    for origin, language, text in _texts(settings, source, limit):
        count += 1
        before, after = _clean(text, language, now), _clean(text, language, then)
        if before.body == after.body:
            continue
        change = body_change(before.body, after.body)
        removed += [_effect(each, origin, before.body, _rule_of(each, text, after)) for each in change.lost]
        kept += [_effect(each, origin, after.body, KEPT_NOW) for each in change.gained]
    order = lambda effect: (effect.rule_id, effect.origin)  # noqa: E731 - two sorts of one order
    return RulesTest(count, tuple(sorted(removed, key=order)), tuple(sorted(kept, key=order)))


def _texts(
    settings: Settings, source: str | None, limit: int | None
) -> Iterator[tuple[str, str | None, str]]:
    with connect_reader(settings.place) as con:
        for row, spans in read_latest(con, source=source, limit=limit):
            yield row["origin"], row["language"], restore_text(row, spans)


def _clean(text: str, language: str | None, rules: RuleSet) -> Cleaned:
    return clean(Extracted(text=text, extractor="stored", language=language), rules=rules)


def _rule_of(paragraph: str, text: str, after: Cleaned) -> str:
    """Return the rule whose span holds the paragraph, or most of its words."""
    for span in after.spans:
        piece = " ".join(text[span.start_char : span.end_char].split())
        if piece and (piece in paragraph or paragraph in piece):
            return span.rule_id
    return "(glued or moved)"


def _effect(paragraph: str, origin: str, body: str, rule_id: str) -> Effect:
    paragraphs = body.split("\n\n")
    at = paragraphs.index(paragraph)
    above = paragraphs[at - 1] if at else ""
    below = paragraphs[at + 1] if at + 1 < len(paragraphs) else ""
    return Effect(rule_id, origin, paragraph, above, below)


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


def try_pattern(form: RulePattern) -> None:
    """Match a pattern, as cleaning would, with lines that are made to hurt it, and with its owner's texts."""
    for line in (*attack_pattern(form.source), *form.owner.examples, *form.owner.keeps):
        folded = fold(line)
        match_form(form, folded, folded, find_tokens(folded))
