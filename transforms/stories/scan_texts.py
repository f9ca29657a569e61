"""Read the words, names, numbers, quotations and years of many texts in one compiled pass.

Enters: texts. Leaves: flat arrays with offsets, a segment a text.
"""

# The compiled functions carry no annotations, and one loop is faster and plainer there than ten functions.
# ruff: noqa: ANN001, ANN202, C901, PLR0912, PLR0915

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from transforms.copies.kernel import kernel
from transforms.stories import characters as ch
from transforms.stories.segments import first_at_least, sort_stretch

WORD, NAME, NUMBER = 0, 1, 2
KIND_SHIFT = 61
"""A term's kind stands in bits 61 and 62 of its hash; bit 63 stays 0, so that terms are positive."""

QUOTE_RUN_WORDS = 5
_LEAD_TOKENS = 100
_NOUN_CAPITALS_RATIO = 0.30
_HASH_BITS = np.uint64((1 << KIND_SHIFT) - 1)
_M1, _M2 = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_S27, _S30, _S31 = np.uint64(27), np.uint64(30), np.uint64(31)
_CALENDAR = (
    "january february march april may june july august september october november december "
    "monday tuesday wednesday thursday friday saturday sunday"
)

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Scan:
    """Flat columns: the terms of text i are terms[term_starts[i]:term_starts[i + 1]], and so on.

    `terms` are distinct and sorted within a text; `leads` are the names among them that stand in its first words;
    `quotes` stand in text order; `years` are the numbers that can be a year, with `year_at` their position.
    """

    terms: Ints
    term_starts: Ints
    leads: Ints
    lead_starts: Ints
    quotes: Ints
    quote_starts: Ints
    years: Ints
    year_at: Ints
    year_starts: Ints


def scan_texts(texts: list[str], title_chars: list[int]) -> Scan:
    """Return the features of texts whose first `title_chars` characters are their titles."""
    data = [text.encode("utf-32-le", "replace") for text in texts]
    points = np.frombuffer(b"".join(data), dtype=np.uint32)
    starts = np.zeros(len(texts) + 1, dtype=np.int64)
    np.cumsum([len(d) // 4 for d in data], out=starts[1:])
    classes, lower = ch.character_tables()
    titles = np.asarray(title_chars, dtype=np.int64)
    columns = _scan(points, starts, titles, classes, lower, _calendar())
    terms, term_starts, leads, lead_starts, quotes, quote_starts, years, year_starts = columns
    return Scan(
        terms[: term_starts[-1]].copy(),
        term_starts,
        leads[: lead_starts[-1]].copy(),
        lead_starts,
        quotes[: quote_starts[-1]].copy(),
        quote_starts,
        years[: year_starts[-1], 0].copy(),
        years[: year_starts[-1], 1].copy(),
        year_starts,
    )


def _calendar() -> npt.NDArray[np.uint64]:
    names = _CALENDAR.split()
    return np.sort(np.array([word_hash(name) for name in names], dtype=np.uint64))


def word_hash(word: str) -> int:
    """Return the hash of a lower-case word as the scan makes it, without its kind."""
    value = 0
    for character in word:
        value = int(_mixed(np.uint64((value * 31 + ord(character)) % 2**64)))
    return value


@kernel
def _mixed(value):  # type: ignore[no-untyped-def]
    value = (value ^ (value >> _S30)) * _M1
    value = (value ^ (value >> _S27)) * _M2
    return value ^ (value >> _S31)


@kernel
def _term(kind, value):  # type: ignore[no-untyped-def]
    return np.int64(kind << KIND_SHIFT) | np.int64(value & _HASH_BITS)


@kernel
def _class(point, classes):  # type: ignore[no-untyped-def]
    return classes[point] if point < ch.TABLE_SIZE else np.uint8(ch.LOWER)


@kernel
def _is_in(value, members):  # type: ignore[no-untyped-def]
    at = first_at_least(members, 0, len(members), value)
    return at < len(members) and members[at] == value


@kernel
def _tokens(points, start, end, classes, lower, out):  # type: ignore[no-untyped-def]
    """Write the tokens of one text into the rows of `out`; return how many.

    Columns: hash, flags (1 number, 2 capital, 4 opens a sentence, 8 in a quotation, 16 opens a quotation,
    32 single letter), position, value of a number of four digits or 0.
    """
    count = 0
    at = start
    opens, quoted, fresh = True, False, False
    while at < end:
        kind = _class(points[at], classes)
        following = _class(points[at + 1], classes) if at + 1 < end else np.uint8(ch.NEWLINE)
        if kind in (ch.LOWER, ch.UPPER):
            first, value = at, np.uint64(0)
            while at < end:
                point = points[at]
                inner = _class(point, classes)
                if inner not in (ch.LOWER, ch.UPPER):
                    break
                small = lower[point] if point < ch.TABLE_SIZE else point
                value = _mixed(value * np.uint64(31) + np.uint64(small))
                at += 1
            flags = (2 if kind == ch.UPPER else 0) | (4 if opens else 0) | (8 if quoted else 0)
            flags |= (16 if fresh else 0) | (32 if at - first == 1 else 0)
            out[count, 0], out[count, 1], out[count, 2], out[count, 3] = (
                np.int64(value),
                flags,
                first - start,
                0,
            )
            count += 1
            opens, fresh = False, False
            continue
        if kind == ch.DIGIT:
            first, value, plain, digits = at, np.uint64(0), np.int64(0), 0
            while at < end:
                point = points[at]
                inner = _class(point, classes)
                if inner == ch.DIGIT:
                    value = _mixed(value * np.uint64(31) + np.uint64(point))
                    plain, digits = plain * 10 + (np.int64(point) - 48), digits + 1
                elif point in (44, 46, 58) and at + 1 < end and _class(points[at + 1], classes) == ch.DIGIT:
                    digits += 10
                    if point != 44:
                        value = _mixed(value * np.uint64(31) + np.uint64(point))
                else:
                    break
                at += 1
            flags = 1 | (8 if quoted else 0) | (16 if fresh else 0)
            year = plain if digits == 4 and 1900 <= plain < 2100 else 0
            out[count, 0], out[count, 1], out[count, 2], out[count, 3] = (
                np.int64(value),
                flags,
                first - start,
                year,
            )
            count += 1
            opens, fresh = False, False
            continue
        if kind == ch.NEWLINE:
            opens, quoted = True, False
        elif kind == ch.BREAK:
            opens = True
        elif kind == ch.QUOTE or (kind in (ch.TICK, ch.BACKTICK) and following == kind):
            opens = True
            if kind != ch.QUOTE:
                at += 1
            after = _class(points[at + 1], classes) if at + 1 < end else np.uint8(ch.NEWLINE)
            before = _class(points[at - 1], classes) if at > start else np.uint8(ch.SPACE)
            if quoted:
                quoted = False
            elif not (
                points[at] == 34 and (after in (ch.SPACE, ch.NEWLINE)) and before not in (ch.SPACE, ch.TICK)
            ):
                quoted, fresh = True, True
        at += 1
    return count


@kernel
def _capitals_are_cheap(tokens, count):  # type: ignore[no-untyped-def]
    """Whether so many words inside sentences are capitalised that nouns must be (as in German)."""
    capitals, words = 0, 0
    for i in range(count):
        flags = tokens[i, 1]
        if flags & (1 | 4 | 32) == 0:
            words += 1
            capitals += (flags >> 1) & 1
    return words >= 40 and capitals > _NOUN_CAPITALS_RATIO * words


@kernel
def _terms(tokens, count, title_chars, calendar, cheap, out):  # type: ignore[no-untyped-def]
    """Write the terms of one text (with repetitions) into `out`; return how many.

    Where capitals are `cheap`, only neighbouring capitalised words are names.
    """
    size = 0
    previous, previous_counts = np.uint64(0), False
    for i in range(count):
        value, flags = np.uint64(tokens[i, 0]), tokens[i, 1]
        if flags & 1:
            out[size] = _term(NUMBER, value)
            size += 1
            previous = np.uint64(0)
            continue
        if flags & 4:
            previous = np.uint64(0)
        if flags & 32:
            previous = np.uint64(0)
            continue
        out[size] = _term(WORD, value)
        size += 1
        in_title = tokens[i, 2] < title_chars
        if flags & 2 == 0 or in_title or _is_in(value, calendar):
            previous = np.uint64(0)
            continue
        inside = flags & 4 == 0
        if inside and not cheap:
            out[size] = _term(NAME, value)
            size += 1
        if previous:
            out[size] = _term(NAME, _mixed(previous * np.uint64(31) + value))
            size += 1
            if cheap:
                out[size] = _term(NAME, value)
                size += 1
                if previous_counts:
                    out[size] = _term(NAME, previous)
                    size += 1
        previous, previous_counts = value, inside
    return size


@kernel
def _distinct(values, size):  # type: ignore[no-untyped-def]
    """Sort the first `size` values in place without repetitions; return how many remain."""
    slots = 16
    while slots < 2 * size:
        slots *= 2
    table = np.zeros(slots, dtype=np.int64)
    kept = 0
    for i in range(size):
        value = values[i] + 1
        at = np.int64(_mixed(np.uint64(value)) & np.uint64(slots - 1))
        while table[at] not in (0, value):
            at = (at + 1) & (slots - 1)
        if table[at] == 0:
            table[at] = value
            values[kept] = values[i]
            kept += 1
    sort_stretch(values, 0, kept)
    return kept


@kernel
def _quote_runs(tokens, count, out, size):  # type: ignore[no-untyped-def]
    """Write the hash of each run of QUOTE_RUN_WORDS words inside one quotation from `size` on; return where it ends."""
    run = 0
    for i in range(count):
        flags = tokens[i, 1]
        run = 0 if flags & 8 == 0 else (1 if flags & 16 else run + 1)
        if run >= QUOTE_RUN_WORDS:
            value = np.uint64(0)
            for j in range(i - QUOTE_RUN_WORDS + 1, i + 1):
                value = _mixed(value * np.uint64(31) + np.uint64(tokens[j, 0]))
            out[size] = np.int64(value & _HASH_BITS)
            size += 1
    return size


@kernel
def _scan(points, starts, title_chars, classes, lower, calendar):  # type: ignore[no-untyped-def]
    texts = len(starts) - 1
    longest = 0
    for i in range(texts):
        longest = max(longest, starts[i + 1] - starts[i])
    tokens = np.empty((longest // 2 + 2, 4), dtype=np.int64)
    scratch = np.empty(2 * longest + 8, dtype=np.int64)
    total = len(points)
    terms = np.empty(total + 8 * texts, dtype=np.int64)
    leads = np.empty(2 * _LEAD_TOKENS * texts, dtype=np.int64)
    lead_starts = np.zeros(texts + 1, dtype=np.int64)
    quotes = np.empty(total // 2 + 8, dtype=np.int64)
    years = np.empty((total // 5 + 8, 2), dtype=np.int64)
    term_starts = np.zeros(texts + 1, dtype=np.int64)
    quote_starts = np.zeros(texts + 1, dtype=np.int64)
    year_starts = np.zeros(texts + 1, dtype=np.int64)
    year_size = 0
    for i in range(texts):
        count = _tokens(points, starts[i], starts[i + 1], classes, lower, tokens)
        cheap = _capitals_are_cheap(tokens, count)
        size = _terms(tokens, min(count, _LEAD_TOKENS), title_chars[i], calendar, cheap, scratch)
        size = _distinct(scratch, size)
        at = lead_starts[i]
        for k in range(size):
            if scratch[k] >> KIND_SHIFT == NAME:
                leads[at] = scratch[k]
                at += 1
        lead_starts[i + 1] = at
        size = _terms(tokens, count, title_chars[i], calendar, cheap, scratch)
        size = _distinct(scratch, size)
        at = term_starts[i]
        for k in range(size):
            terms[at + k] = scratch[k]
        term_starts[i + 1] = at + size
        quote_starts[i + 1] = _quote_runs(tokens, count, quotes, quote_starts[i])
        for k in range(count):
            if tokens[k, 3]:
                years[year_size, 0], years[year_size, 1] = tokens[k, 3], tokens[k, 2]
                year_size += 1
        year_starts[i + 1] = year_size
    return terms, term_starts, leads, lead_starts, quotes, quote_starts, years, year_starts
