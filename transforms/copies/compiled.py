"""The loop over letters, compiled: imported only for large batches, since numba takes 0.4 s to import.

Returns exactly what `vector_words` returns (a test holds that).
"""

import numpy as np
from numpy.typing import NDArray

from transforms.copies import code_points as cp
from transforms.copies.kernel import kernel
from transforms.copies.words import FIRST, LETTER_BASE, NAME, NUMBER, QUOTED, quote_opens

_BASE = np.uint64(LETTER_BASE)
_ONE = np.uint64(1)
_M1 = np.uint64(0xBF58476D1CE4E5B9)
_M2 = np.uint64(0x94D049BB133111EB)
_S27, _S30, _S31 = np.uint64(27), np.uint64(30), np.uint64(31)
_NINE = np.uint64(ord("9"))  # folded letters stand above the digits
_opens = kernel(quote_opens)
_BREAKS = cp.QUOTES | cp.LINE_END


def compiled_words(
    utf8: NDArray[np.uint8], offsets: NDArray[np.int64]
) -> tuple[NDArray[np.uint64], NDArray[np.uint8], NDArray[np.int64]]:
    """Return hashes, flags and starts of the words of all texts (see `words`)."""
    table = cp.code_points()
    ascii_letters = (table[:128] & np.uint32(cp.FOLDED)).astype(np.uint64)
    ascii_letters[ascii_letters == cp.SKIPPED] = 0
    hashes, flags, starts = _words(utf8, offsets, table, ascii_letters)
    return hashes, flags, starts


@kernel
def _mixed(value):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    value = (value ^ (value >> _S30)) * _M1
    value = (value ^ (value >> _S27)) * _M2
    return value ^ (value >> _S31)


@kernel
def _decode(utf8, at, table):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """Return the table's entry of the character at a byte, and where the next one begins."""
    byte = np.int64(utf8[at])
    if byte < 0x80:
        return np.int64(table[byte]), at + 1
    if byte < 0xE0:
        return np.int64(table[(byte & 0x1F) << 6 | (np.int64(utf8[at + 1]) & 0x3F)]), at + 2
    code = (np.int64(utf8[at + 1]) & 0x3F) << 6 | (np.int64(utf8[at + 2]) & 0x3F)
    if byte < 0xF0:
        return np.int64(table[(byte & 0x0F) << 12 | code]), at + 3
    code = (byte & 0x07) << 18 | code << 6 | (np.int64(utf8[at + 3]) & 0x3F)
    if 0x20000 <= code <= 0x3FFFF:
        return code | cp.SOLO, at + 4
    if 0x1F000 <= code <= 0x1FAFF:
        return np.int64(0), at + 4
    return code, at + 4


@kernel
def _words(utf8, offsets, table, ascii_letters):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202, C901, PLR0912, PLR0915 one loop over bytes
    count = len(offsets) - 1
    # Every second byte at most begins a word; what is not touched of it costs no memory.
    room = (offsets[count] - offsets[0]) // 2 + count + 1
    hashes = np.empty(room, np.uint64)
    flags = np.empty(room, np.uint8)
    starts = np.empty(count + 1, np.int64)
    n = 0
    for text in range(count):
        starts[text] = n
        at = offsets[text]
        end = offsets[text + 1]
        value = np.uint64(0)
        factor = _ONE
        in_word = False
        last_solo = False
        opened = False
        first = FIRST
        digit_before = False
        first_quoted = n
        entry = np.int64(0)
        ahead = np.int64(-1)
        while at < end or ahead >= 0:
            if in_word and ahead < 0:
                # Most letters are ASCII letters inside a word: no class but the letter matters there.
                while at < end and utf8[at] < 0x80:
                    plain = ascii_letters[utf8[at]]
                    if plain == 0:
                        break
                    value += plain * factor
                    digit_before = plain <= _NINE
                    factor *= _BASE
                    at += 1
                if at >= end:
                    break
            if ahead >= 0:
                entry = ahead
                ahead = np.int64(-1)
            else:
                entry, at = _decode(utf8, at, table)
            letter = entry & cp.FOLDED
            if entry & cp.POINT and digit_before and ahead < 0 and at < end:
                following, _ = _decode(utf8, at, table)
                if following & cp.DIGIT:
                    continue
            digit_before = entry & cp.DIGIT != 0
            if letter == cp.SKIPPED and not entry & _BREAKS:
                continue
            solo = entry & cp.SOLO != 0
            if in_word and (letter == 0 or solo):
                hashes[n] = _mixed(value)
                n += 1
                in_word = False
            if last_solo:
                # `value` holds the solo character before; a solo neighbour completes the pair.
                if solo:
                    value += np.uint64(letter) * _BASE
                hashes[n] = _mixed(value)
                n += 1
                last_solo = False
            if letter:
                if not in_word:
                    flag = first
                    first = 0
                    if entry & cp.DIGIT:
                        flag |= NUMBER
                    if entry & cp.UPPER:
                        flag |= NAME
                    flags[n] = flag
                    value = np.uint64(0)
                    factor = _ONE
                value += np.uint64(letter) * factor
                factor *= _BASE
                if solo:
                    last_solo = True
                else:
                    in_word = True
                continue
            if entry & cp.SENTENCE_END:
                first = FIRST
            if entry & _BREAKS:
                following = np.int64(cp.SPACE)
                if at < end:
                    following, at = _decode(utf8, at, table)
                    ahead = following
                now_open = _opens(entry, following, opened)
                if now_open and not opened:
                    first_quoted = n
                elif opened and not now_open:
                    for word in range(first_quoted, n):
                        flags[word] |= QUOTED
                opened = now_open
        if in_word or last_solo:
            hashes[n] = _mixed(value)
            n += 1
        if opened:
            for word in range(first_quoted, n):
                flags[word] |= QUOTED
    starts[count] = n
    return hashes[:n].copy(), flags[:n].copy(), starts
