"""Choose the best text of a page from what several extractors found."""

from dataclasses import dataclass, replace
from itertools import compress

from copydesk.transforms.extract.find_by_config import Found
from copydesk.transforms.extract.main_text import (
    ARTICLE_BODY,
    RESILIPARSE,
    TRAFILATURA,
    TRAFILATURA_FAST,
    article_body_text,
    resiliparse_text,
    trafilatura_text,
)
from copydesk.transforms.extract.rescue_blocks import largest_run
from copydesk.transforms.extract.restore_paragraphs import restore_paragraphs
from copydesk.transforms.page.page_text import PageText, TextRange, keep_joiners, locate
from copydesk.transforms.page.walk_page import Page
from copydesk.transforms.text.letters_of import letters_of, letters_of_each

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
# What holds less than half of a text is an excerpt of it.
EXCERPT_RATIO = 0.5
# A text that holds less of the other opinions is doubtful.
CONFIRMED_RATIO = 0.6
# A small box that another opinion took for the text says nothing of it.
COMPARABLE_RATIO = 0.3


@dataclass(frozen=True, slots=True)
class Text:
    """Lines of one extractor, each also folded (all of them: `known`, `whole`), and where they stand on the page."""

    extractor: str
    lines: tuple[str, ...]
    folded: tuple[str, ...]
    whole: str
    known: frozenset[str]
    places: tuple[TextRange | None, ...] = ()

    @property
    def chars(self) -> int:
        """Count letters and digits."""
        return len(self.whole)

    def has(self, line: str) -> bool:
        """Whether a folded line stands in this text: most are lines of both, known without a search."""
        return line in self.known or line in self.whole


@dataclass(frozen=True, slots=True)
class Chosen:
    """The chosen text, and which of its lines the second opinion and articleBody have; empty where there is none."""

    text: Text
    in_second: tuple[bool, ...]
    in_article_body: tuple[bool, ...]
    is_doubtful: bool = False


def choose_text(page: Page, html: str, selected: Found | None = None) -> Chosen:
    """Take trafilatura's text, with a fallback where it stands too far from what others see on the page.

    What the user's own selectors find goes before all of them.
    """
    second = _text(RESILIPARSE, resiliparse_text(html))
    declared = _text(ARTICLE_BODY, article_body_text(page.json_ld.article))
    if selected and (own := _text(f"site {selected.name}", list(selected.lines))).chars:
        own = _placed(own, page.text)
        return Chosen(own, _agreed(own, second), _agreed(own, declared))
    headline = _headline_end(page)
    text = _restored(_fast(page), second, page.text, headline)
    if not _is_believable(text, second.chars):
        slow = _placed(_text(TRAFILATURA, trafilatura_text(page, fast=False)), page.text)
        text = _restored(slow, second, page.text, headline)
    if second.chars >= SUBSTANTIAL_CHARS and text.chars < WRONG_CONTAINER_RATIO * second.chars:
        text = _placed(second, page.text)
    if text.chars < THIN_CHARS:
        run = _text(LARGEST_RUN, largest_run(page.text))
        if text.chars < WRONG_CONTAINER_RATIO * run.chars:
            text = _placed(run, page.text)
    if _is_another_text(text, declared) or _is_run_together(text, declared):
        text = _placed(declared, page.text)
    if _is_run_together(text, second):
        text = _placed(second, page.text)
    text = replace(text, lines=tuple(keep_joiners(text.lines, text.places, page.text)))
    in_second, in_declared = _agreed(text, second), _agreed(text, declared)
    is_doubtful = _is_doubtful(text, [(second, in_second), (declared, in_declared)])
    return Chosen(text, in_second, in_declared, is_doubtful=is_doubtful)


def _agreed(text: Text, other: Text) -> tuple[bool, ...]:
    """Return of each line whether another opinion has it; nothing where there is none."""
    return tuple(map(other.has, text.folded)) if other.whole else ()


def _headline_end(page: Page) -> int | None:
    """Give where the last <h1> ends on the folded page."""
    folded = [letters for h1 in page.tagged["h1"] if (letters := letters_of("".join(h1.itertext())))]
    at = page.text.folded.find(folded[-1]) if folded else -1
    return at + len(folded[-1]) if at >= 0 else None


def _fast(page: Page) -> Text:
    return _placed(_text(TRAFILATURA_FAST, trafilatura_text(page, fast=True)), page.text)


def _text(extractor: str, lines: list[str]) -> Text:
    folded = letters_of_each(line.replace("\0", "") for line in lines) if lines else []
    return Text(extractor, tuple(lines), tuple(folded), "".join(folded), frozenset(folded))


def _placed(text: Text, page: PageText) -> Text:
    return replace(text, places=tuple(locate(page, text.folded)))


def _restored(text: Text, second: Text, page: PageText, headline: int | None) -> Text:
    lines = restore_paragraphs(
        text.lines, text.whole, text.places, second.folded, page, headline_end=headline
    )
    count = len(lines) - len(text.lines)
    return _placed(_text(f"{text.extractor} + {count} restored", lines), page) if count else text


def _is_believable(text: Text, second_chars: int) -> bool:
    """Whether a text's size agrees with the second opinion's, which says nothing of long texts when it is short."""
    if text.chars < max(SUBSTANTIAL_CHARS, BELIEVED_SHORT_RATIO * second_chars):
        return False
    return second_chars < SUBSTANTIAL_CHARS or text.chars <= BELIEVED_LONG_RATIO * second_chars


def _is_another_text(text: Text, declared: Text) -> bool:
    """Whether the page declares an articleBody of fair size that the text does not hold."""
    if declared.chars < max(SUBSTANTIAL_CHARS, DECLARED_SIZE_RATIO * text.chars):
        return False
    return _held(text, declared) < MISSING_BODY_RATIO * declared.chars


def _is_run_together(text: Text, other: Text) -> bool:
    """Whether a text is another one with its paragraphs run together, as trafilatura's last resort has it."""
    if PARAGRAPHS_LOST * len(text.lines) > len(other.lines) or other.chars < EXCERPT_RATIO * text.chars:
        return False
    return _held(other, text) >= SAME_TEXT_RATIO * other.chars


def _held(one: Text, other: Text) -> int:
    """Count the letters of a text's lines that another holds."""
    return sum(map(len, filter(other.has, one.folded)))


def _is_doubtful(text: Text, agreed: list[tuple[Text, tuple[bool, ...]]]) -> bool:
    """Whether no other opinion of some size confirms the text: it lacks most of one, or shares little with any."""
    least = max(SUBSTANTIAL_CHARS, COMPARABLE_RATIO * text.chars)
    known = [(other, lines) for other, lines in agreed if other.chars >= least]
    if not known or not text.chars:
        return False
    shared = (sum(map(len, compress(text.folded, lines))) for _, lines in known)
    is_strange = all(chars < CONFIRMED_RATIO * text.chars for chars in shared)
    if not is_strange and all(other.chars <= text.chars for other, _ in known):
        return False
    return all(_held(other, text) < CONFIRMED_RATIO * other.chars for other, _ in known)
