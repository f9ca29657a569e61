"""Finds the lines of an article that might be its site's: what they look like, and where they stand.

A line that the story may own is never sighted, however often it comes: quotations, reported speech, corrections,
helplines, refusals to comment, names alone, questions. What one article cannot tell, `judge_sightings` decides of many.
"""

import re
from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache

from copydesk.transforms.clean.lines import Line
from copydesk.transforms.clean.weigh_cues import weigh_cues
from copydesk.transforms.line_model.score_lines import score_words
from copydesk.transforms.line_model.weights import packaged_weights
from copydesk.transforms.rules.match_rule import search_part
from copydesk.transforms.rules.records import Guard, RuleSet, Zone
from copydesk.transforms.site_memory.line_keys import fold_line, hash_line, line_key
from copydesk.transforms.site_memory.place_paragraphs import Paragraph

OPENING_LINES = 3
TAIL_LINES = 6
MOST_WORDS = 120
MOST_RELATED = 0.5
"""A line with more of its words elsewhere in its article tells of it, unless the outlet speaks."""

HEAD_WORDS = 6
MIDDLE_WORDS = 9
"""Fewer words at these places are headings, bylines and places, which no spread tells from a site's label."""

HEADING_WORDS = 5
"""A heading can address its readers too ("What we do not know")."""

WORDS_LEAST = 1.2
"""What the words of a line that the site repeats must say, in log odds of the line model, to count as the outlet's own:
far less than those of a line that stands alone."""

ADDRESS_WEIGHT = 1.2
"""How much the cues of a line that addresses its reader must say before it counts as the outlet's own voice."""

_QUOTE = re.compile(r"\"|(?<!\w)'|'(?!\w)|[<>]")
_DENIAL = re.compile(
    r"\b(?:declined? to comment|(?:did not|didn't|has not|have not) (?:\w+ )?(?:respon|repl|return|answer)\w*"
    r"|could not (?:\w+ )?be reached|no comment|wollte\w* sich nicht aussern|war\w* nicht (?:zu erreichen|erreichbar)"
    r"|n'a pas (?:\w+ )?repondu|no (?:\w+ )?respondi\w+|nao (?:\w+ )?respond\w+|non ha (?:\w+ )?risposto"
    r"|niet bereikbaar)\b"
)
_UPDATED = re.compile(
    r"\b(?:updated|aktualisiert|mise? a jour|actualizad[oa]|atualizad[oa]|aggiornat[oa]|bijgewerkt|correct(?:ed|ion)s?"
    r"|originally (?:published|posted)|(?:editor|author|publisher)'?s'? note)\b"
)
_CONTACT = re.compile(
    r"https?:|www\.|(?<!\w)@\w|\w@\w|\[email protected\]"
    r"|\b(?:click|klicken sie|cliquez|haz clic|haga clic|clique aqui|clicca|klik hier)\b"
)
_GAP = re.compile(r"\W+")
_LETTER = re.compile(r"[^\W\d_]")
_TOKEN = re.compile(r"[^\s,;:.()|/&-]+")
_JOINING = "of the and for de del des di da der die das von van du la le y e et und en"
_LINKS = frozenset(_JOINING.split())


@dataclass(frozen=True, slots=True)
class Sighting:
    """A line of an article that might be its site's.

    `place` is head, middle or tail; "any" for a line in which the outlet speaks to its readers or of itself.
    `is_closing`: no paragraph of prose stands below. `related_ratio`: share of its longer words in the rest.
    """

    index: int
    line_hash: int
    key: str
    place: str
    is_sentence: bool
    is_closing: bool
    related_ratio: float


def sight_lines(
    paragraphs: Sequence[Paragraph], *, site: str, rules: RuleSet, keys: AbstractSet[int] | None = None
) -> list[Sighting]:
    """Return the sightings of an article, one a line, in the order of the text.

    `keys`: look at the lines with one of these keys alone (see line_keys).
    """
    around: _Around | None = None
    out = []
    for index, paragraph in enumerate(paragraphs):
        if not paragraph.is_whole or (keys is not None and line_key(paragraph.text) not in keys):
            continue
        line = Line(paragraph.start, paragraph.end, paragraph.text)
        place = _place_of(line, _place(index, len(paragraphs)), site, rules)
        if place is None:
            continue
        around = around or _look_around(paragraphs)
        related = around.related_ratio(index)
        if (place != "any" and related > MOST_RELATED) or _is_guarded(line, rules):
            continue
        key = fold_line(line.text)
        is_sentence, is_closing = line.is_closed or line.is_prose, around.last_prose <= index
        name = hash_line(site, place, key)
        out.append(Sighting(index, name, key, place, is_sentence, is_closing, related))
    return out


@dataclass(frozen=True, slots=True)
class _Around:
    """What a line is weighed against: the stems of each line, how many lines hold each, and the last line of prose."""

    stems: list[set[str]]
    shared: Counter[str]
    last_prose: int

    def related_ratio(self, index: int) -> float:
        own = self.stems[index]
        return round(sum(self.shared[stem] > 1 for stem in own) / max(1, len(own)), 2)


def _look_around(paragraphs: Sequence[Paragraph]) -> _Around:
    lines = [Line(each.start, each.end, each.text) for each in paragraphs]
    stems = [_stems(line) for line in lines]
    last_prose = max((index for index, line in enumerate(lines) if line.is_prose), default=-1)
    return _Around(stems, Counter(stem for found in stems for stem in found), last_prose)


def _place_of(line: Line, place: str, site: str, rules: RuleSet) -> str | None:
    """Return the place under which a line is remembered, or None where it is the story's whatever its spread."""
    if not _may_be_the_sites(line):
        return None
    if _speaks(line, place, site, rules):
        return "any"
    return place if _has_shape(line, place) else None


def _may_be_the_sites(line: Line) -> bool:
    return (
        len(line.words) <= MOST_WORDS
        and _LETTER.search(line.text) is not None
        and _QUOTE.search(line.fold) is None
        and _UPDATED.search(line.fold) is None
        and _DENIAL.search(line.fold) is None
        and not line.is_reported
    )


def _is_guarded(line: Line, rules: RuleSet) -> bool:
    """Whether one of the guards of the rules holds, as in judge_line."""
    forms = rules.zones[Zone.ANY].find(line.fold, line.unquoted, line.words)
    return any(isinstance(form.owner, Guard) and search_part(form, line.fold) for form in forms)


def _has_shape(line: Line, place: str) -> bool:
    """Whether a line can be known for the site's by its spread alone: no question, no bare names, not too short.

    A sentence is never: reports of one kind share theirs ("No arrests have been made."), so it must also speak.
    """
    least = {"head": HEAD_WORDS, "middle": MIDDLE_WORDS}.get(place, 3)
    if len(line.words) < least or line.fold.rstrip().endswith("?") or _is_names(line.text):
        return False
    return not (line.is_closed or line.is_prose)


def _is_names(text: str) -> bool:
    tokens = _TOKEN.findall(text)
    return len(tokens) <= 6 and all(
        token.casefold() in _LINKS or (token[0].isupper() and token.isalpha()) for token in tokens
    )


def _speaks(line: Line, place: str, site: str, rules: RuleSet) -> bool:
    """Whether the outlet speaks: it names itself, gives an address, or asks its readers for something."""
    if _CONTACT.search(line.fold) or _reads_like_junk(line):
        return True
    if _names_itself(line, site) and not (place == "head" and line.is_closed):
        return True
    if len(line.words) <= HEADING_WORDS:
        return False
    cues = weigh_cues(line, rules)
    return cues.is_addressed and cues.weight >= ADDRESS_WEIGHT


def _reads_like_junk(line: Line) -> bool:
    """Whether the line's words alone, whatever its place, say more than those of a story's repeated lines do."""
    asks = len(line.words) <= HEADING_WORDS and line.text.endswith("?")  # as headings of a story do
    if asks or _is_names(line.text):
        return False
    return _words_say(line.text) >= WORDS_LEAST


@lru_cache(maxsize=4096)
def _words_say(text: str) -> float:
    """Return what a line's words say; what is looked at stands in several articles."""
    return float(score_words([Line(0, len(text), text)], packaged_weights())[0][0])


def _names_itself(line: Line, site: str) -> bool:
    own = _own_name(site)
    if len(own) < 3 or own not in _GAP.sub("", line.fold):
        return False
    words = [word.removesuffix("'s") for word in line.words]
    return any(own in ("".join(words[at : at + size]) for size in (1, 2, 3)) for at in range(len(words)))


@lru_cache(maxsize=1024)
def _own_name(site: str) -> str:
    return "".join(letter for letter in site.removeprefix("www.").split(".")[0] if letter.isalnum())


def _stems(line: Line) -> set[str]:
    return {word[:6] for word in line.words if len(word) > 4}


def _place(index: int, count: int) -> str:
    if index > 0 and count - index <= TAIL_LINES and index * 2 >= count - 1:
        return "tail"
    return "head" if index < OPENING_LINES else "middle"
