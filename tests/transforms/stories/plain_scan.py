"""The features of one text read letter by letter: slow, and plain enough to be believed."""

import unicodedata
from typing import NamedTuple

from copydesk.transforms.stories.scan_texts import (
    KIND_SHIFT,
    NAME,
    NUMBER,
    QUOTE_RUN_WORDS,
    TITLE,
    WORD,
    hash_word,
)
from copydesk.transforms.text.hash_words import mix_one

LOW = (1 << KIND_SHIFT) - 1
TAIL = -1 << 63
BREAKS = ".!?:;…。！？؟।"
QUOTES = '"“”„«»‟〝〞＂'
CALENDAR = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
]


class Token(NamedTuple):
    text: str
    at: int
    opens: bool
    is_quoted: bool
    opens_quote: bool

    @property
    def value(self) -> int:
        return hash_word(self.text.replace(",", "") if is_digit(self.text[0]) else lower(self.text))

    @property
    def is_number(self) -> bool:
        return is_digit(self.text[0])

    @property
    def is_single(self) -> bool:
        return len(self.text) == 1 and not self.is_number

    @property
    def is_capital(self) -> bool:
        return ord(self.text[0]) < 0x20000 and unicodedata.category(self.text[0]) in {"Lu", "Lt"}


class Features(NamedTuple):
    terms: list[int]
    leads: list[int]
    quotes: list[int]
    years: list[tuple[int, int]]


def is_digit(character: str) -> bool:
    return ord(character) < 0x20000 and unicodedata.category(character) == "Nd"


def is_letter(character: str) -> bool:
    return ord(character) >= 0x20000 or unicodedata.category(character)[0] in "LM"


def lower(text: str) -> str:
    return "".join(c.lower() if len(c.lower()) == 1 and ord(c) < 0x20000 else c for c in text)


def chain(values: list[int]) -> int:
    result = 0
    for value in values:
        result = mix_one((result * 31 + value) % 2**64)
    return result


def end_of_token(text: str, at: int) -> int:
    end = at
    while end < len(text):
        in_number = is_digit(text[at]) and (
            is_digit(text[end]) or (text[end] in ",.:" and end + 1 < len(text) and is_digit(text[end + 1]))
        )
        if not in_number and not (is_letter(text[at]) and is_letter(text[end])):
            break
        end += 1
    return end


def tokens(text: str) -> list[Token]:
    found: list[Token] = []
    at, opens, is_quoted, is_fresh = 0, True, False, False
    while at < len(text):
        character = text[at]
        if is_letter(character) or is_digit(character):
            end = end_of_token(text, at)
            found.append(Token(text[at:end], at, opens, is_quoted, is_fresh))
            at, opens, is_fresh = end, False, False
            continue
        if character in "\n\r":
            opens, is_quoted = True, False
        elif character in BREAKS:
            opens = True
        elif character in QUOTES or text[at : at + 2] in {"''", "``"}:
            opens = True
            at += character not in QUOTES
            is_stray = text[at] == '"' and blank(text, at + 1) and not before_is_blank(text, at)
            is_fresh = is_fresh or not (is_quoted or is_stray)
            is_quoted = not is_quoted and not is_stray
        at += 1
    return found


def blank(text: str, at: int) -> bool:
    return at >= len(text) or text[at] in "\n\r\t" or unicodedata.category(text[at]) == "Zs"


def before_is_blank(text: str, at: int) -> bool:
    return at == 0 or text[at - 1] in "\t'" or unicodedata.category(text[at - 1]) == "Zs"


def plain_scan(text: str, title_chars: int) -> Features:
    found = tokens(text)
    inside = [one for one in found if not (one.is_number or one.opens or one.is_single)]
    capitals = sum(one.is_capital for one in inside)
    is_cheap = len(inside) >= 40 and capitals > 0.3 * len(inside)
    terms = terms_of(found, title_chars, is_cheap)
    leads = terms_of(found[:100], title_chars, is_cheap)
    opening = terms_of(found[: max(50, (len(found) + 1) // 2)], title_chars, is_cheap)
    return Features(
        [term if term in opening else term | TAIL for term in sorted(terms)],
        sorted(term for term in leads if term >> KIND_SHIFT == NAME),
        quote_runs(found),
        [(year, one.at) for one in found if (year := year_of(one.text))],
    )


def terms_of(found: list[Token], title_chars: int, is_cheap: bool) -> set[int]:  # noqa: FBT001
    terms: set[int] = set()
    previous: Token | None = None
    for one in found:
        if not one.is_single:
            terms.add((NUMBER if one.is_number else WORD) << KIND_SHIFT | one.value & LOW)
            if not one.is_number and one.at < title_chars:
                terms.add(TITLE << KIND_SHIFT | one.value & LOW)
        is_name = one.is_capital and not one.is_single and one.at >= title_chars
        is_name = is_name and lower(one.text) not in CALENDAR
        names: list[int] = []
        if is_name:
            names += [] if one.opens or is_cheap else [one.value]
            if previous and not one.opens:
                names.append(chain_of_two(previous.value, one.value))
                names += [one.value] if is_cheap else []
                names += [previous.value] if is_cheap and not previous.opens else []
        terms |= {NAME << KIND_SHIFT | value & LOW for value in names}
        previous = one if is_name else None
    return terms


def chain_of_two(first: int, second: int) -> int:
    return mix_one((first * 31 + second) % 2**64)


def quote_runs(found: list[Token]) -> list[int]:
    runs: list[int] = []
    run: list[int] = []
    for one in found:
        run = [] if not one.is_quoted else [one.value] if one.opens_quote else [*run, one.value]
        if len(run) >= QUOTE_RUN_WORDS:
            runs.append(chain(run[-QUOTE_RUN_WORDS:]) & LOW)
    return runs


def year_of(text: str) -> int:
    if len(text) != 4 or not all(map(is_digit, text)):
        return 0
    year = sum((ord(digit) - 48) * 10**place for place, digit in zip((3, 2, 1, 0), text, strict=True))
    return year if 1900 <= year < 2100 else 0
