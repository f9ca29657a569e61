"""Load what is known of a language: how it dates and places a day, its function words, how it quotes. One TOML each."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

_FOLDER = files("copydesk.transforms.languages")
_SAME = {"nb": "no", "nn": "no"}


@dataclass(frozen=True, slots=True)
class Speech:
    """Words around quotations.

    `verbs` stand before a name or behind one, `verbs_behind` only behind one ("X told"), `sources` before whom a
    quotation is from ("according to"); `between` stand between name and verb; `pronouns` take up who spoke last.
    """

    verbs: frozenset[str]
    verbs_behind: frozenset[str]
    sources: tuple[tuple[str, ...], ...]
    between: frozenset[str]
    pronouns: frozenset[str]

    def stand_in(self, clause: str) -> bool:
        """Whether a verb, or a word that names a source, stands in a clause; most have none."""
        words = clause.replace(",", " ").replace(":", " ").replace(".", " ").split()
        return not (
            self.verbs.isdisjoint(words)
            and self.verbs_behind.isdisjoint(words)
            and all(source[0] not in words and source[0].capitalize() not in words for source in self.sources)
        )


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """`months`, `weekdays` (1 is Monday) and `relative` map words in lower case to numbers and ISO 8601 durations.

    `short_months` are forms of months that count only beside a day or a year. A bare month needs one of `month_leads`
    before it; `month_turns` belong to it. `ago` frames a number of `minutes` or `hours` that have passed. These are
    patterns, as are the labels of a day: `published`, `modified`. `function_words` carry grammar and no news, and
    weigh nothing before a vocabulary has been counted; `speech` is null where quotations are read without speakers.
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
    function_words: str = ""
    speech: Speech | None = None


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
def function_words() -> dict[str, str]:
    """Return the function words of each language that has some."""
    known = ((code, load_language(code)) for code in languages())
    return {code: words.function_words for code, words in known if words and words.function_words}


@cache
def _load(code: str) -> Language | None:
    path = _FOLDER / f"{code}.toml"
    if not path.is_file():
        return None
    data = tomllib.loads(path.read_text("utf-8"))
    for name in ("months", "short_months", "weekdays"):
        data[name] = _numbered(data[name])
    data["relative"] = {word: value for value, words in data["relative"].items() for word in words}
    if "speech" in data:
        data["speech"] = _speech(**data["speech"])
    return Language(**data | {name: tuple(data[name]) for name in ("published", "modified")})


def _speech(*, sources: list[str], **lists: str) -> Speech:
    words = {"verbs_behind": "", "between": ""} | lists
    split: dict[str, Any] = {name: frozenset(each.split()) for name, each in words.items()}
    return Speech(sources=tuple(tuple(source.split()) for source in sources), **split)


def _numbered(names: list[str]) -> dict[str, int]:
    return {form: number for number, forms in enumerate(names, start=1) for form in forms.split("|") if form}
