"""Find the years in which, as a text tells it, a similar thing happened before: evidence against one story.

Enters: a text and where its year-like numbers stand. Leaves: years.
"""

import re
from collections.abc import Iterable

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
_SENTENCE_END = re.compile(r"[.!?]\s|\n")
_REACH_CHARS = 200


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
