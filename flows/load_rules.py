"""Read the rule files from the package and from the newsroom's own paths."""

from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path

from transforms.rules.parse_rules import parse_rules
from transforms.rules.records import RuleSet
from transforms.rules.tried import load_tried


def load_rules(own: Iterable[Path] = ()) -> RuleSet:
    """Return the rule set of the package's files together with `own` files or folders of .toml files.

    An own file adds rules and may switch ours off by `disable = ["id"]`.
    Raises RuleError naming file, rule and what is wrong, and FileNotFoundError for a path that is not there.
    """
    package = files("transforms.rules")
    texts = {
        entry.name: entry.read_text(encoding="utf-8")
        for entry in package.iterdir()
        if entry.name.endswith(".toml")
    }
    tried = load_tried(package.joinpath("tried.json").read_text(encoding="utf-8"))
    for path in own:
        for file in sorted(path.glob("*.toml")) if path.is_dir() else [path]:
            texts[str(file)] = file.read_text(encoding="utf-8")
    return parse_rules(texts, tried=tried)
