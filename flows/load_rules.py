"""Reads the rule files, and selectors for sites, from the package and from the newsroom's own paths.

Selectors stand in [site."host"] tables of TOML files, and in folders of the ftr-site-config format that wallabag and
others share (https://github.com/fivefilters/ftr-site-config), of which title, body, author, date and strip are used.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from copydesk.flows.read_toml import read_toml
from copydesk.schemas.user_error import UserError
from copydesk.transforms.extract.site_config import SiteConfig, SiteConfigs
from copydesk.transforms.identify import digest
from copydesk.transforms.rules.parse_rules import parse_rules, version_of
from copydesk.transforms.rules.records import RulePattern, RuleSet
from copydesk.transforms.rules.tried import Tried, digest_file, load_tried

PARTS = ("title", "body", "author", "date", "remove")
_FTR = {"title": "title", "body": "body", "author": "author", "date": "date", "strip": "remove"}


def load_rules(own: Iterable[Path] = (), sites: Iterable[Path] = ()) -> RuleSet:
    """Return the rule set of the package's files together with `own` files or folders of .toml files.

    An own file adds rules and may switch ours off by `disable = ["id"]`. `sites` are files and folders of selectors.
    Raises RuleError naming file, rule and what is wrong, UserError for a selector, and FileNotFoundError for a path
    that is not there.
    """
    rules = _parse(tuple(_texts(own).items()))
    configs, version = load_sites(sites)
    return replace(rules, sites=configs, version=f"{rules.version}+{version}") if configs else rules


def packaged_version() -> str:
    """Return the version of the package's own rule set, which takes no parsing."""
    return version_of(_texts(()))


def read_forms(file: Path, *, others: Iterable[Path] = ()) -> list[RulePattern]:
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
    return texts | {str(file): _text(file) for path in own for file in _files(path)}


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except UnicodeDecodeError:
        raise UserError(f"{file}: not UTF-8") from None


def _files(path: Path) -> list[Path]:
    return sorted(path.glob("*.toml")) if path.is_dir() else [path]


def _tried() -> Tried:
    """Return what is known of the package's files."""
    return load_tried(files("copydesk.transforms.rules").joinpath("tried.json").read_text(encoding="utf-8"))


def load_sites(paths: Iterable[Path]) -> tuple[SiteConfigs, str]:
    """Return the selectors by host, and their version; a path that comes later goes first. Raises UserError."""
    configs: dict[str, SiteConfig] = {}
    for path in paths:
        if path.is_dir():
            for file in sorted(path.glob("*.txt")):
                configs[_host(file.stem)] = _read_ftr(file)
            for file in sorted(path.glob("*.toml")):
                configs |= _read_toml(file)
        else:
            configs |= _read_toml(path)
    used = {host: config for host, config in configs.items() if any(getattr(config, part) for part in PARTS)}
    return used, digest(repr(sorted(used.items())))[:8] if used else ""


def _read_toml(path: Path) -> dict[str, SiteConfig]:
    tables = read_toml(path).get("site", {})
    if not isinstance(tables, dict) or not all(isinstance(table, dict) for table in tables.values()):
        raise UserError(f'{path}: write the selectors of each site as a [site."example.com"] table')
    return {_host(host): _config(f"{path.name} {host}", table, path) for host, table in tables.items()}


def _config(name: str, table: dict[str, Any], path: Path) -> SiteConfig:
    if unknown := set(table) - set(PARTS):
        raise UserError(f"{path}: {name}: {', '.join(sorted(unknown))}: there are {', '.join(PARTS)}")
    parts = {}
    for part, value in table.items():
        texts = [value] if isinstance(value, str) else value
        if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
            raise UserError(
                f"{path}: {name}: {part} is {value!r}, and should be a selector or a list of them"
            )
        from copydesk.transforms.extract.as_xpath import as_xpath

        try:
            parts[part] = tuple(map(as_xpath, texts))
        except ValueError as error:
            raise UserError(f"{path}: {name}: {part}: {error}") from None
    return SiteConfig(name, **parts)


def _read_ftr(file: Path) -> SiteConfig:
    """Read a file that others wrote: a line that cannot be used is passed over, as its other readers do."""
    from copydesk.transforms.extract.as_xpath import as_xpath

    parts: dict[str, list[str]] = {part: [] for part in PARTS}
    for key, value in _ftr_lines(file.read_text("utf-8", "replace")):
        word = value.strip("\"'")
        if key in _FTR:
            part, selector = _FTR[key], value
        elif key == "strip_id_or_class":
            part, selector = "remove", f"//*[contains(@class, '{word}') or contains(@id, '{word}')]"
        else:
            continue

        try:
            parts[part].append(as_xpath(selector))
        except ValueError:
            continue
    return SiteConfig(file.name, **{part: tuple(selectors) for part, selectors in parts.items()})


def _ftr_lines(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        key, sign, value = line.partition(":")
        if sign and not line.lstrip().startswith("#") and value.strip():
            yield key.strip().lower(), value.strip()


def _host(name: str) -> str:
    return name.strip().lower().removeprefix(".").removeprefix("www.")
