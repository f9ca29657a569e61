"""Read the rule files from the package and from the newsroom's own paths."""

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from copydesk.flows.load_sites import load_sites
from copydesk.transforms.rules.parse_rules import parse_rules
from copydesk.transforms.rules.records import Form, RuleSet
from copydesk.transforms.rules.tried import Tried, digest_file, load_tried


def load_rules(own: Iterable[Path] = (), sites: Iterable[Path] = ()) -> RuleSet:
    """Return the rule set of the package's files together with `own` files or folders of .toml files.

    An own file adds rules and may switch ours off by `disable = ["id"]`. `sites` are files and folders of selectors.
    Raises RuleError naming file, rule and what is wrong, UserError for a selector, and FileNotFoundError for a path
    that is not there.
    """
    rules = _parse(tuple(_texts(own).items()))
    configs, version = load_sites(sites)
    return replace(rules, sites=configs, version=f"{rules.version}+{version}") if configs else rules


def read_forms(file: Path, *, others: Iterable[Path] = ()) -> list[Form]:
    """Return the patterns of a rule file as they would act beside all others, without trying any. Raises as above."""
    texts = _texts((*others, file))
    known = Tried(frozenset(map(digest_file, texts.values())), _tried().keys)
    own = {str(each) for each in _files(file)}
    rest = {name: text for name, text in texts.items() if name not in own}
    ids = {each.owner.rule_id for each in parse_rules(rest, tried=known).forms}
    forms = parse_rules(texts, tried=known).forms
    return [form for form in forms if form.owner.rule_id not in ids]


@lru_cache(maxsize=2)
def _parse(texts: tuple[tuple[str, str], ...]) -> RuleSet:
    """Parse files by name and text: a process that runs again, as one that serves a schedule, has them still."""
    return parse_rules(dict(texts), tried=_tried())


def _texts(own: Iterable[Path]) -> dict[str, str]:
    """Return the text of each rule file by its name."""
    package = files("copydesk.transforms.rules")
    texts = {
        entry.name: entry.read_text(encoding="utf-8")
        for entry in package.iterdir()
        if entry.name.endswith(".toml")
    }
    return texts | {str(file): file.read_text(encoding="utf-8") for path in own for file in _files(path)}


def _files(path: Path) -> list[Path]:
    return sorted(path.glob("*.toml")) if path.is_dir() else [path]


def _tried() -> Tried:
    """Return what is known of the package's files."""
    return load_tried(files("copydesk.transforms.rules").joinpath("tried.json").read_text(encoding="utf-8"))
