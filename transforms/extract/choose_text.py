"""Choose the best text of a page from what several extractors found."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from transforms.extract.keep_joiners import keep_joiners
from transforms.extract.largest_run import largest_run
from transforms.extract.main_text import (
    ARTICLE_BODY,
    RESILIPARSE,
    TRAFILATURA,
    TRAFILATURA_FAST,
    article_body_text,
    resiliparse_text,
    trafilatura_text,
)
from transforms.extract.page_text import PageText, Place, locate
from transforms.extract.read_json_ld import JsonLd
from transforms.extract.restore_paragraphs import restore_paragraphs
from transforms.text.letters_of import letters_of

# Below this many letters and digits an opinion says nothing about another one.
SUBSTANTIAL_CHARS = 250
# The fast extraction is believed while its size is within these bounds of the second opinion's: few of 1,193 pages
# are outside, and the slow extraction for those alone gave a better result than for all.
BELIEVED_SHORT_RATIO = 0.6
BELIEVED_LONG_RATIO = 2.0
# A result far below the second opinion, even with paragraphs put back, is from the wrong container.
WRONG_CONTAINER_RATIO = 0.35
# Below this, the page is asked for a larger run of paragraphs that all extractors refuse.
THIN_CHARS = 600
LARGEST_RUN = "largest run 1"
# An articleBody of a text's size of which the text lacks most says that the text is another one.
MISSING_BODY_RATIO = 0.6
DECLARED_SIZE_RATIO = 0.8
# A text that holds another's letters in a quarter of its lines has lost the paragraphs: all eight such pages of 876
# (five of half a, three of half b) are as good or better in the other's words, F1 .902 and .924 against .943 and .964.
PARAGRAPHS_LOST = 4
SAME_TEXT_RATIO = 0.9
# A text that holds less of the other opinions is doubtful.
CONFIRMED_RATIO = 0.6
# A small box that another opinion took for the text says nothing of it.
COMPARABLE_RATIO = 0.3


@dataclass(frozen=True, slots=True)
class Text:
    """Lines of one extractor, each also folded, and where they stand on the page."""

    extractor: str
    lines: tuple[str, ...]
    folded: tuple[str, ...]
    places: tuple[Place | None, ...]

    @property
    def chars(self) -> int:
        """Count letters and digits."""
        return sum(map(len, self.folded))


@dataclass(frozen=True, slots=True)
class Chosen:
    """The chosen text, and the opinions that it can be held against, folded."""

    text: Text
    second_opinion: str
    article_body: str
    is_doubtful: bool = False


def choose_text(root: Any, html: str, page: PageText, json_ld: JsonLd) -> Chosen:
    """Take trafilatura's text, with a fallback where it stands too far from what others see on the page."""
    second = resiliparse_text(html)
    declared = article_body_text(json_ld.article)
    second_folded, declared_folded = letters_of("".join(second)), letters_of("".join(declared))
    headline = _headline_end(root, page)
    text = _restored(_text(TRAFILATURA_FAST, trafilatura_text(root, fast=True), page), second, page, headline)
    if not _is_believable(text, len(second_folded)):
        text = _restored(_text(TRAFILATURA, trafilatura_text(root, fast=False), page), second, page, headline)
    if len(second_folded) >= SUBSTANTIAL_CHARS and text.chars < WRONG_CONTAINER_RATIO * len(second_folded):
        text = _text(RESILIPARSE, second, page)
    if text.chars < THIN_CHARS:
        run = _text(LARGEST_RUN, largest_run(page), page)
        if text.chars < WRONG_CONTAINER_RATIO * run.chars:
            text = run
    if _is_another_text(text, declared_folded) or _is_run_together(text, declared, declared_folded):
        text = _text(ARTICLE_BODY, declared, page)
    if _is_run_together(text, second, second_folded):
        text = _text(RESILIPARSE, second, page)
    text = replace(text, lines=tuple(keep_joiners(text.lines, text.places, page)))
    doubtful = _is_doubtful(text, [(second, second_folded), (declared, declared_folded)])
    return Chosen(text, second_folded, declared_folded, is_doubtful=doubtful)


def _headline_end(root: Any, page: PageText) -> int | None:
    """Give where the last <h1> ends on the folded page."""
    folded = [letters for h1 in root.iter("h1") if (letters := letters_of("".join(h1.itertext())))]
    at = page.folded.find(folded[-1]) if folded else -1
    return at + len(folded[-1]) if at >= 0 else None


def _text(extractor: str, lines: list[str], page: PageText) -> Text:
    folded = tuple(letters_of(line) for line in lines)
    return Text(extractor, tuple(lines), folded, tuple(locate(page, folded)))


def _restored(text: Text, second: list[str], page: PageText, headline: int | None) -> Text:
    lines = restore_paragraphs(text.lines, text.folded, text.places, second, page, headline_end=headline)
    count = len(lines) - len(text.lines)
    return _text(f"{text.extractor} + {count} restored", lines, page) if count else text


def _is_believable(text: Text, second_chars: int) -> bool:
    """Whether a text's size agrees with the second opinion's, which says nothing of long texts when it is short."""
    if text.chars < max(SUBSTANTIAL_CHARS, BELIEVED_SHORT_RATIO * second_chars):
        return False
    return second_chars < SUBSTANTIAL_CHARS or text.chars <= BELIEVED_LONG_RATIO * second_chars


def _is_another_text(text: Text, declared: str) -> bool:
    """Whether the page declares an articleBody of fair size that the text does not hold."""
    if len(declared) < max(SUBSTANTIAL_CHARS, DECLARED_SIZE_RATIO * text.chars):
        return False
    shared = sum(len(line) for line in text.folded if line in declared)
    return shared < MISSING_BODY_RATIO * len(declared)


def _is_run_together(text: Text, other: list[str], other_folded: str) -> bool:
    """Whether a text is another one with its paragraphs run together, as trafilatura's last resort has it."""
    return PARAGRAPHS_LOST * len(text.lines) <= len(other) and _held(
        other, "".join(text.folded)
    ) >= SAME_TEXT_RATIO * len(other_folded)


def _held(lines: Iterable[str], folded: str) -> int:
    """Count the letters of lines that a folded text holds."""
    return sum(len(line) for line in map(letters_of, lines) if line in folded)


def _is_doubtful(text: Text, others: list[tuple[list[str], str]]) -> bool:
    """Whether no other opinion of some size confirms the text: it lacks most of one, or shares little with any."""
    folded = "".join(text.folded)
    least = max(SUBSTANTIAL_CHARS, COMPARABLE_RATIO * len(folded))
    known = [(lines, letters) for lines, letters in others if len(letters) >= least]
    if not known or not folded:
        return False
    shared = (sum(len(line) for line in text.folded if line in letters) for _, letters in known)
    is_strange = all(chars < CONFIRMED_RATIO * len(folded) for chars in shared)
    if not is_strange and all(len(letters) <= len(folded) for _, letters in known):
        return False
    return all(_held(lines, folded) < CONFIRMED_RATIO * len(letters) for lines, letters in known)
