"""Read the few facts that tell an event from another like it: score, magnitude, ages, stage of a proceeding, weekdays.

Enters: a text. Leaves: numbers, a kind of fact and its value in each; years in which a similar thing happened.
"""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from copydesk.transforms.languages.load_language import load_language
from copydesk.transforms.text.find_all import begins_of

KIND_SHIFT = 32
VALUE_BITS = (1 << KIND_SHIFT) - 1
"""A fact's kind stands above these bits, its value in them."""
SCORE, MAGNITUDE, AGE, AGE_OF_ACCUSED, STAGE, WEEKDAY = range(6)
TOLERANCES = (0, 3, 1, 1, 1, 0)
"""How far two values of a kind may be apart and be the same: tenths of a magnitude as it is measured anew, a birthday,
the next stage."""

_OPENING_CHARS = 400
_SENTENCE_END = re.compile(r"[.!?…]\s|\n")
# A pattern that begins with what it looks for is many times faster than one that first looks behind.
_SCORE = re.compile(
    r"(\d(?<![\w.,:/$€£-]\d)(?:\d{0,2}(?=[-–])|(?=:\d(?!\d))))[-–:](\d{1,3})(?![\w/:-]|[.,]\d)"
)
_RESULT_END = re.compile(r"\s*(?:\n|\)|$)")
_IN_APPOSITION = re.compile(r",(?<=[^\W\d_],)[\s-](\d{1,2})(?=,)")
_NOT_LITERAL = re.compile(r"\(\?:[^)]*\)\??|\[[^]]*\]\??|\w\?|\{\}|,")

_LIKENESS = re.compile(
    r"\b(?:similar|similarly|likewise|last such|the like|"
    r"ähnlich\w*|similaires?|semblables?|similares|parecid[oa]s?|semejantes?|simil[ei]|analog[oahie]+s?|"
    r"semelhantes?|parecid[oa]s?|vergelijkbar\w*|soortgelijk\w*|podobn\w*|liknande|lignende|tilsvarende)\b",
    re.IGNORECASE,
)
_BARE_YEAR_BEFORE = re.compile(
    r"(?:\b(?:in|back in|since|im jahr|en|de|nel|em|no ano de|w|i|år|au|va) |\()$", re.IGNORECASE
)
_AHEAD = re.compile(r"\b(?:will|shall|next|by|until|wird|werden|sera|será|sarà|zal|będzie)\b", re.IGNORECASE)
_REACH_CHARS = 200


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A pattern that only texts with one of the `hints`, in lower case, can hold."""

    pattern: re.Pattern[str]
    hints: tuple[str, ...]

    def find(self, text: str, lowered: str) -> list[str]:
        """Return the first group that each place holds."""
        if not any(hint in lowered for hint in self.hints):
            return []
        return [next(filter(None, match.groups()), match[0]) for match in self.pattern.finditer(text)]


@dataclass(frozen=True, slots=True)
class _Words:
    """Patterns of one language; those of the stages in their order."""

    magnitude: _Pattern
    age: _Pattern
    interim: _Pattern
    stages: tuple[_Pattern, ...]


def read_facts(title: str, body: str, language: str) -> list[int]:
    """Return the facts that the title and the opening of the body tell, sorted: the tail tells of other events too.

    Weekdays are those of the whole text: a later report names its own first, and the event's at last.
    """
    opening = body if len(body) <= _OPENING_CHARS else body[:_OPENING_CHARS].rpartition(" ")[0]
    text = f"{title[:_OPENING_CHARS]}\n{opening}"
    lowered, words = text.lower(), _words_of(language)
    found = {(SCORE, value) for value in _scores(text, words)}
    ages, stages = _IN_APPOSITION.findall(text), []
    if words:
        tenths = [round(10 * float(v.replace(",", "."))) for v in words.magnitude.find(text, lowered)]
        stages = [stage for stage, each in enumerate(words.stages) if each.find(text, lowered)]
        ages += words.age.find(text, lowered)
        found |= {(MAGNITUDE, value) for value in tenths} | {(STAGE, stage) for stage in stages}
    found |= {(kind, int(age)) for kind in _whose({*ages}, stages) for age in ages}
    found |= {(WEEKDAY, day) for day in _weekdays(f"{title}\n{body}", language)}
    return sorted(kind << KIND_SHIFT | value for kind, value in found)


def _weekdays(text: str, language: str) -> set[int]:
    """Return the weekdays that a text names, 1 for Monday."""
    days, named = _days_of(language)
    # A long text is not written in lower case for it: that takes longer than the rest.
    found = (named.match(text, at) for at in begins_of(text, tuple(days)))
    return {days[match[1]] for match in found if match}


@cache
def _days_of(language: str) -> tuple[dict[str, int], re.Pattern[str]]:
    known = load_language(language)
    days = known.weekdays.items() if known else ()
    forms = {form: day for word, day in days for form in (word, word.capitalize())}
    return forms, re.compile(rf"(?<!\w)({'|'.join(sorted(forms, key=len, reverse=True))})s?\b")


def _whose(ages: set[str], stages: list[int]) -> tuple[int, ...]:
    """Return whose ages these can be: one that stands beside a stage of a proceeding is not the victim's."""
    if len(ages) > 1:
        return AGE, AGE_OF_ACCUSED
    return (AGE_OF_ACCUSED,) if stages else (AGE,)


def _scores(text: str, words: _Words | None) -> set[int]:
    """Return the scores, the higher number first; one that a sentence gives for the moment is none."""
    found = set()
    for match in _SCORE.finditer(text):
        one, other = map(int, match.groups())
        # "2-3 weeks" and "June 10-12" are none.
        if one < other and not _RESULT_END.match(text, match.end()):
            continue
        before = _SENTENCE_END.split(text[: match.start()])[-1]
        sentence = before + _SENTENCE_END.split(text[match.start() :])[0]
        if not (words and words.interim.find(sentence, sentence.lower())):
            found.add(max(one, other) << KIND_SHIFT // 2 | min(one, other))
    return found


@cache
def _words_of(language: str) -> _Words | None:
    found = _languages().get(language[:2])
    if not found:
        return None
    named = found["magnitude"]
    ages = "|".join(found["age"])
    return _Words(
        _pattern(rf"\b(?:{named}) (\d[.,]\d)(?![\d%])|(?<![\d.,])(\d[.,]\d) (?:{named})\b", named),
        _pattern(rf"(?:{ages})(?!\w)".replace("{}", r"(?<!\w)(\d{1,3})"), ages),
        _pattern(rf"\b(?:{found['interim']})\b", found["interim"]),
        tuple(_pattern(rf"\b(?:{stage})\b", stage) for stage in found["stages"]),
    )


@cache
def _languages() -> dict[str, dict[str, str]]:
    return tomllib.loads((files("copydesk.transforms.stories") / "facts.toml").read_text("utf-8"))


def _pattern(pattern: str, words: str) -> _Pattern:
    """Return a pattern over words, each of which holds the longest of what is neither optional nor one of several."""
    literals = _NOT_LITERAL.sub(" ", words).split("|")
    hints = tuple(max(each.split(), key=len) for each in literals)
    return _Pattern(re.compile(pattern.replace(" ", r"[\s-]+"), re.IGNORECASE), hints)


def find_contrasts(text: str, years: Iterable[tuple[int, int]]) -> list[int]:
    """Return the past years, sorted, that the text names with a word of likeness in the same sentence.

    `years` are pairs of a year and its position. "A similar decree in 2016" tells that the article's own event is
    another one than that of 2016, and later.
    """
    found = set()
    for year, at in years:
        if not _BARE_YEAR_BEFORE.search(text, max(0, at - 12), at):
            continue
        before = _SENTENCE_END.split(text[max(0, at - _REACH_CHARS) : at])[-1]
        after = _SENTENCE_END.split(text[at : at + _REACH_CHARS])[0]
        sentence = before + after
        if _LIKENESS.search(sentence) and not _AHEAD.search(before):
            found.add(year)
    return sorted(found)
