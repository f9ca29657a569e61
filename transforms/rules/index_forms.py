"""Order the forms of a rule set, and file them under the words that must stand in a line."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from copydesk.transforms.rules.find_words import Keys
from copydesk.transforms.rules.keyword_index import Beside, KeywordIndex
from copydesk.transforms.rules.records import FormIndex, Guard, Rule, RulePattern, Zone

T = TypeVar("T")


def ranked(forms: Iterable[RulePattern]) -> list[RulePattern]:
    """Return forms in the order of trying."""

    def order(form: RulePattern) -> int:
        return 0 if isinstance(form.owner, Guard) else 1 if form.owner.zone is Zone.ANY else 2

    return [replace(form, rank=rank) for rank, form in enumerate(sorted(forms, key=order))]


def index_words(keyed: Iterable[tuple[T, Keys]]) -> KeywordIndex[T]:
    """File entries under their keys."""
    index: dict[str, tuple[T, ...]] = defaultdict(tuple)
    besides: dict[str, Beside[T]] = defaultdict(tuple)
    for entry, keys in keyed:
        for key, beside in sorted(keys.items()):
            if beside:
                besides[key] += ((entry, beside),)
            else:
                index[key] += (entry,)
    return KeywordIndex(index, besides)


def index_forms(forms: Iterable[RulePattern]) -> FormIndex:
    """File forms under their words, and those beside that need none."""
    found = list(forms)
    always = tuple(form for form in found if form.keys is None)
    return FormIndex(index_words((form, form.keys or {}) for form in found), always)


def index_zones(forms: list[RulePattern]) -> dict[Zone, FormIndex]:
    """File forms by zone; every line is asked for those of "any", and for what may cut its end."""
    return {zone: index_forms(form for form in forms if _is_asked(form.owner, zone)) for zone in Zone}


def _is_asked(owner: Rule | Guard, zone: Zone) -> bool:
    return owner.zone is zone or (zone is Zone.ANY and owner.is_glued)
