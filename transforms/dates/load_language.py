"""Load the words by which a language dates and places a day: months, weekdays, labels, today. One TOML a language."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_FOLDER = files("copydesk.transforms.dates") / "languages"
_SAME = {"nb": "no", "nn": "no"}


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """`months`, `weekdays` (1 is Monday) and `relative` map words in lower case to numbers and ISO 8601 durations.

    `short_months` are forms of months that count only beside a day or a year. A bare month needs one of `month_leads`
    before it; `month_turns` belong to it. `ago` frames a number of `minutes` or `hours` that have passed. These are
    patterns, as are the labels of a day: `published`, `modified`.
    """

    months: dict[str, int]
    short_months: dict[str, int]
    weekdays: dict[str, int]
    relative: dict[str, str]
    ago: str
    minutes: str
    hours: str
    month_leads: str
    month_turns: str
    published: tuple[str, ...]
    modified: tuple[str, ...]
    are_months_capital: bool
    are_weekdays_capital: bool


def languages() -> list[str]:
    """Return the codes of the languages that are known."""
    return sorted(
        path.name.removesuffix(".toml") for path in _FOLDER.iterdir() if path.name.endswith(".toml")
    )


def load_language(code: str) -> Language | None:
    """Return the words of a language by its ISO 639-1 code or a tag that begins so; null where they are not known."""
    code = code[:2].lower()
    return _load(_SAME.get(code, code)) if code.isalpha() else None


@cache
def _load(code: str) -> Language | None:
    path = _FOLDER / f"{code}.toml"
    if not path.is_file():
        return None
    data = tomllib.loads(path.read_text("utf-8"))
    for name in ("months", "short_months", "weekdays"):
        data[name] = _numbered(data[name])
    data["relative"] = {word: value for value, words in data["relative"].items() for word in words}
    return Language(**data | {name: tuple(data[name]) for name in ("published", "modified")})


def _numbered(names: list[str]) -> dict[str, int]:
    return {form: number for number, forms in enumerate(names, start=1) for form in forms.split("|") if form}
