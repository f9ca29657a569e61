"""Find who says a quotation, where the words beside it name somebody; silence is better than a wrong name."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from copydesk.transforms.languages.load_language import Speech
from copydesk.transforms.text.words import words_of

PREPOSITIONS, PARTICLES, BEHIND_PARTICLES, ARTICLES, GENITIVES, AND = (
    words_of("speakers", name)
    for name in ("prepositions", "particles", "behind_particles", "articles", "genitives", "and")
)
NO_NAMES = PREPOSITIONS | words_of("speakers", "no_names")
MOST_PHRASE_WORDS = 8
MOST_ASIDE_WORDS = 13
MOST_GAP_WORDS = 7
MOST_LED_WORDS = 16
"""Between the verb and the mark: of a clause that runs into the quotation, and of one that a colon or comma closes."""

TOKENS = re.compile(
    r"(?:Sens?|Reps?|Govs?|Dr|Mr|Mrs|Ms|Jr|Sr|St|Prof|Gen|Lt|Col|Sgt|Capt|Rev|Hon|[^\W\d_])\.(?=[\s\u00a0,])"
    r"|[\w’'‑-]+|[^\w\s]"
)
_OWNS = ("’s", "'s", "s’", "s'")
LISTENED = frozenset({"told", "tells", "asked"})
"""Right before a mark, without a colon, they lead to who listened: "X told “Meet the Press”"."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """A name as a clause states it, and the words of the clause."""

    name: str
    evidence: str


def speaker_behind(clause: str, speech: Speech) -> Speaker | None:
    """Return who speaks by what follows a quotation: "said X", "X, the mayor, said", "according to X"."""
    if not speech.stand_in(clause):
        return None
    found = list(TOKENS.finditer(clause))
    words = [match[0] for match in found]
    begin = 1 if words[0] in ",-–—" else 0
    led = _behind_lead(words, begin, speech)
    while led is not None and led < len(words) and words[led] in speech.between:
        led += 1
    end = _phrase_end(words, led or begin, speech)
    verb = _verb_behind(words, end, speech) if led is None else end - 1
    first = None if verb is None else _name_start(words, led or begin, end)
    if led is not None and first is None and (beside := _beside_office(words, led, speech)):
        first, end = beside
        verb = end - 1
    if verb is None or first is None:
        return None
    return Speaker(" ".join(words[first:end]), clause[found[begin].start() : found[verb].end()])


def speaker_before(clause: str, speech: Speech) -> Speaker | None:
    """Return who speaks by what leads to a quotation: "X said:", "X told reporters on Monday, ", "X called it "."""
    if not speech.stand_in(clause):
        return None
    found = list(TOKENS.finditer(clause))
    words = [match[0] for match in found]
    start = max((n + 1 for n in range(len(words) - 1) if words[n] in ".!?;:"), default=0)
    verb = next(
        (
            n
            for n in range(len(words) - 1, start, -1)
            if words[n] in speech.verbs or words[n] in speech.verbs_behind
        ),
        None,
    )
    if verb is None or not _leads(words, verb, speech):
        return None
    end = _before_aside(words, start, verb - 1 if words[verb - 1] in speech.between else verb)
    first = None if end is None else _name_start(words, start, end)
    if first is None:
        return None
    return Speaker(" ".join(words[first:end]), clause[found[first].start() : found[verb].end()])


def _behind_lead(words: Sequence[str], at: int, speech: Speech) -> int | None:
    """Return where the phrase begins that a verb or a word for a source leads to, if one does."""
    for source in speech.sources:
        if tuple(word.lower() for word in words[at : at + len(source)]) == source:
            return at + len(source)
    if at < len(words) and words[at] in speech.between:
        at += 1
    return at + 1 if at < len(words) and words[at] in speech.verbs else None


def _phrase_end(words: Sequence[str], at: int, speech: Speech) -> int:
    """Return where a noun phrase ends: before a mark, a preposition, a verb of saying or a small word."""
    end = at
    while end < len(words) and end - at <= MOST_PHRASE_WORDS and words[end][0].isalpha():
        word = words[end]
        is_within = _is_within(words, at, end)
        is_article = end == at and word.lower() in NO_NAMES
        ends = (
            word.lower() in PREPOSITIONS
            or word in speech.verbs
            or word in speech.verbs_behind
            or word in speech.between
        )
        if not is_within and (ends or (word.islower() and word in NO_NAMES and not is_article)):
            break
        end += 1
    return end


def _beside_office(words: Sequence[str], at: int, speech: Speech) -> tuple[int, int] | None:
    """Return where a full name stands behind an office and a comma: "a dit la maire de X, Odile Strand"."""
    if at + 2 >= len(words) or words[at].lower() not in NO_NAMES or not words[at + 1].islower():
        return None
    mark = next(
        (n for n in range(at + 2, min(at + MOST_ASIDE_WORDS, len(words))) if not words[n][0].isalpha()), at
    )
    if words[mark] != ",":
        return None
    end = _phrase_end(words, mark + 1, speech)
    is_closed = end == len(words) or not words[end][0].isalpha()
    is_full = end - mark > 2 and _name_start(words, mark + 1, end) == mark + 1
    return (mark + 1, end) if is_closed and is_full else None


def _verb_behind(words: Sequence[str], at: int, speech: Speech) -> int | None:
    """Return where a verb stands: at once, or behind an aside between commas."""
    if at < len(words) and words[at] == ",":
        close = next(
            (n for n in range(at + 1, min(at + MOST_ASIDE_WORDS, len(words))) if words[n] == ","), at
        )
        at = close + 1
    if at < len(words) and words[at] in speech.between:
        at += 1
    return at if at < len(words) and (words[at] in speech.verbs or words[at] in speech.verbs_behind) else None


def _leads(words: Sequence[str], verb: int, speech: Speech) -> bool:
    """Whether what stands between verb and quotation may stand there."""
    is_closed = words[-1] in ",:"
    gap = words[verb + 1 : -1 if is_closed else len(words)]
    if is_closed:
        return len(gap) <= MOST_LED_WORDS
    names = any(word[0].isupper() or word in speech.pronouns for word in gap)
    return len(gap) <= MOST_GAP_WORDS and not names and bool(gap or words[verb] not in LISTENED)


def _before_aside(words: Sequence[str], start: int, end: int) -> int | None:
    """Return where the name ends that an aside between commas may follow; None where only one comma stands."""
    if words[end - 1] != ",":
        return end
    least = max(start, end - 1 - MOST_ASIDE_WORDS)
    return next((n for n in range(end - 2, least, -1) if words[n] == ","), None)


def _name_start(words: Sequence[str], start: int, end: int) -> int | None:
    """Return where the capitalised words begin that end there; None where they are none, or depend on others."""
    first = end
    while first > start and (
        _is_name_word(words[first - 1]) or (first < end and _is_within(words, start, first - 1))
    ):
        first -= 1
    if first == end or not _is_name_word(words[end - 1]) or len(words[end - 1]) == 1:
        return None
    return None if _depends(words, start, first - 1) else first


def _depends(words: Sequence[str], start: int, at: int) -> bool:
    """Whether the word there makes what follows somebody else's: a preposition, "and", a genitive's article."""
    if at > start and words[at].lower() in ARTICLES:
        is_genitive = words[at] in GENITIVES and words[at - 1][0].isupper()
        return is_genitive or words[at - 1].lower() in PREPOSITIONS
    return at >= start and (words[at].lower() in PREPOSITIONS or (at > start and words[at].lower() in AND))


def _is_within(words: Sequence[str], start: int, at: int) -> bool:
    """Whether a particle stands within a name: behind one name, not "von" or "van" behind two ("X Y von der Bank")."""
    if at <= start:
        return False
    if words[at] in BEHIND_PARTICLES and words[at - 1] in PARTICLES:
        return _is_within(words, start, at - 1)
    is_behind_two = words[at] in ("von", "van") and at - 2 >= start and words[at - 2][0].isupper()
    return words[at] in PARTICLES and words[at - 1][0].isupper() and not is_behind_two


def _is_name_word(word: str) -> bool:
    return word[0].isupper() and word.lower() not in NO_NAMES and not word.endswith((*_OWNS, "-"))
