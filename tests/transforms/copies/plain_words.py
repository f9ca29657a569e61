"""Words and their marks read letter by letter: slow, and plain enough to be believed."""

from functools import cache

import pyarrow as pa

from copydesk.transforms.copies import code_points as cp
from copydesk.transforms.copies.blocks import (
    BOX_PHRASES,
    CAPTION_PHRASES,
    GALLERY_WORDS,
    LIST_NAMES,
    LIST_WORDS,
)
from copydesk.transforms.copies.words import (
    BLOCK,
    FIRST,
    LETTER_BASE,
    NAME,
    NUMBER,
    QUOTED,
    SOLO,
    Words,
    words,
)
from copydesk.transforms.text.hash_words import mix_one

QUOTES = cp.QUOTE_STRAIGHT | cp.QUOTE_OPENS | cp.QUOTE_CLOSES | cp.QUOTE_EITHER


def plain_words(text: str) -> list[tuple[int, int]]:  # noqa: C901 one loop over letters
    """Return the hash and the flags of each word."""
    entries = [entry(character) for character in text]
    for at in range(1, len(entries) - 1):
        if text[at] in ".," and entries[at - 1] & cp.DIGIT and entries[at + 1] & cp.DIGIT:
            entries[at] = cp.SKIPPED
    entries.append(cp.LINE_END)
    found: list[tuple[list[int], int]] = []  # letters, flags
    paired: set[int] = set()  # places of solo words that the next one goes on
    flags, opened, is_open, in_word, solo_before = FIRST, 0, False, False, False
    for at, value in enumerate(entries):
        letter, is_solo = value & cp.FOLDED, bool(value & cp.SOLO)
        if letter == cp.SKIPPED and not value & (QUOTES | cp.LINE_END):
            continue
        if (solo_before and is_solo and value & cp.UPPER) or (letter and in_word and not is_solo):
            found[-1][0].append(letter)
        elif letter:
            if solo_before and is_solo:
                paired.add(len(found) - 1)
            is_name = value & cp.UPPER and not is_solo
            flags |= (NUMBER if value & cp.DIGIT else 0) | (NAME if is_name else 0) | (SOLO if is_solo else 0)
            found.append(([letter], flags))
            flags = 0
        in_word, solo_before = bool(letter) and not is_solo, is_solo
        if value & cp.SENTENCE_END:
            flags = FIRST
        if value & (QUOTES | cp.LINE_END):
            was_open, is_open = is_open, opens(value, entries[min(at + 1, len(entries) - 1)], is_open)
            if was_open and not is_open:
                found[opened:] = [(letters, kind | QUOTED) for letters, kind in found[opened:]]
            elif is_open and not was_open:
                opened = len(found)
    whole = [letters + (found[at + 1][0] if at in paired else []) for at, (letters, _) in enumerate(found)]
    return [(mix_one(power_sum(letters)), kind) for letters, (_, kind) in zip(whole, found, strict=True)]


def entry(character: str) -> int:
    code = ord(character)
    if code < cp.TABLE_SIZE:
        return int(cp.code_points()[code])
    if 0x20000 <= code <= 0x3FFFF:
        return code | cp.SOLO
    return 0 if 0x1F000 <= code <= 0x1FAFF else code


def power_sum(letters: list[int]) -> int:
    return sum(letter * LETTER_BASE**k for k, letter in enumerate(letters)) % 2**64


def opens(mark: int, following: int, is_open: bool) -> bool:  # noqa: FBT001
    """Return whether after this mark one is inside a quotation."""
    before_letter = following & cp.FOLDED > cp.SKIPPED
    if mark & cp.LINE_END:
        return False
    if following & (cp.SPACE | cp.LINE_END):
        is_french = bool(mark & cp.QUOTE_OPENS) and bool(mark & cp.QUOTE_EITHER)
        return is_french and not following & cp.LINE_END and not is_open
    if before_letter and mark & cp.QUOTE_OPENS:
        return True
    return not is_open and (before_letter or not mark & cp.QUOTE_CLOSES)


@cache
def phrases() -> list[tuple[list[int], bool]]:
    return [
        (words(pa.array([phrase])).hashes.tolist(), phrase in CAPTION_PHRASES)
        for phrase in (*CAPTION_PHRASES, *BOX_PHRASES)
    ]


def plain_blocks(batch: Words, flags: list[int]) -> set[int]:
    """Return the places of the words of one text that stand in captions, boxes and lists."""
    hashes = batch.hashes.tolist()
    borders = [at for at, kind in enumerate(flags) if kind & FIRST or at == 0] or [0]
    marked: set[int] = set()
    caption_end = None
    for begin, end in zip(borders, [*borders[1:], len(flags)], strict=True):
        found = (
            is_caption
            for at in range(begin, end)
            for phrase, is_caption in phrases()
            if hashes[at : at + len(phrase)] == phrase
        )
        is_caption = next(found, None)
        if is_caption is None:
            continue
        is_near = is_caption and caption_end is not None and begin - caption_end <= GALLERY_WORDS
        marked |= set(range(caption_end if is_near else begin, end))
        caption_end = end if is_caption else caption_end
    lists = [
        range(at, at + LIST_WORDS)
        for at in range(len(flags) - LIST_WORDS + 1)
        if sum(bool(kind & (NAME | NUMBER)) for kind in flags[at : at + LIST_WORDS]) >= LIST_NAMES
    ]
    if 2 * len(lists) < len(flags):
        marked |= {at for span in lists for at in span}
    return marked


def blocks_of(batch: Words) -> set[int]:
    return {at for at, kind in enumerate(batch.flags.tolist()) if kind & BLOCK}
