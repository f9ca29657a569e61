"""Reads a credit line: its label, the people, agencies and houses that it names, and what in it is none of these.

Offices, places, times, addresses, pictures' authors and academic degrees are known and left out.
"""

import re
from dataclasses import dataclass
from html import unescape

from copydesk.transforms.credits.is_person_name import ARTICLES, is_person_name
from copydesk.transforms.credits.name_office import (
    EAST_ASIAN,
    ORGANISATIONS,
    is_office,
    name_agency,
    part_office,
)
from copydesk.transforms.rules.fold import fold
from copydesk.transforms.text.letters_of import letters_of
from copydesk.transforms.text.words import any_of

_LONGEST_HOUSE_WORDS = 6
_LONGEST_LABELLED = 160
_EDGES = " .,;:-\u2013\u2014|*\u200b\u200e\u200f\"'()/"
_HAN = r"[\u3400-\u9fff]"
_PICTURES = any_of("around", "pictures")
_BY, _AND, _WITH = any_of("labels", "by"), any_of("around", "and"), any_of("around", "with")
_KINDS, _SENT = any_of("labels", "kinds"), any_of("labels", "sent")
_WITH_COLON, _SIGNED, _SPACED = (any_of("labels", name) for name in ("with_colon", "signed", "spaced"))
_LABEL = re.compile(
    rf"\W*(?:{_SENT}\s+|(?:(?:an? |une? |eine? )?{_KINDS}(?: and photos?)? )?{_BY}(?:\s*:\s*|\s+)|de (?=\w+ \w+\Z)"
    rf"|{_WITH_COLON}(?: (?:{_AND}|&) {_PICTURES})?\s*[:：/／]\s*|{_SPACED}[\s:]\s*|{_SIGNED}\s*[:：／/|｜=＝]\s*"
    rf"|(?:本报|本報|新华社)?(?:記者|记者|通讯员)\s*(?={_HAN}))"
)
_ALSO_NAMES = frozenset({"av", "de", "di", "door", "od", "par", "por", "von"})
_ADDRESS = r"\S+@\S*|@\w+|https?://\S+|www\.\S+|\[email\s*protected\]"
_IN_BRACKETS = re.compile(r"\A(?:\S+@\S+\s+)?[〔【（(\[](.+)[〕】）)\]]\Z")
"""All of a credit, or what stands behind an address, as RSS has it: "desk@gull.example (Ann Rook)"."""
_BRACKET = r"[(\[{（【][^()\[\]{}（）【】]*[)\]}）】]"
_ASIDE = re.compile(rf"<[^<>]*>|{_ADDRESS}|{_BRACKET}", re.IGNORECASE)
_MATERIAL = re.compile(
    rf"(?i:\b(?:(?:with|avec|mit|con|com)\s+)?{any_of('around', 'material')}\s+(?:von|der|des|from|by|of|de|da)\b)"
    r"|[/／][^\s/／]{2,8}(?:報導|报道|報道)"
)
_BY_PICTURES = re.compile(rf"\W*\b{_PICTURES}\b\s*(?:by|von|par|de|:|：|/).*", re.IGNORECASE)
_CLOCK = r"\d{1,2}[:.h]\d\d(?:\s?[AaPp]\.?[Mm]\b\.?)?(?:\s[A-Z]{2,4}\b)?"
_TIME = re.compile(
    r"(?:,? (?:le|am|on))?,?\s+(?:(?:[^\W\d]{3,9}\.? \d{1,2},? \d{4}|\d{1,2}\.? [^\W\d]{3,9}\.?,? \d{4}"
    rf"|\d{{1,4}}(?:[-./]\d{{1,4}}){{2}})\b(?:,?\s*(?:à|at|um|[-|])?\s*{_CLOCK})?|{_CLOCK})"
)
_BETWEEN = re.compile(
    rf"\s*[;|/&+•·\n、‖，｜／،]\s*|(?:\A(?:with|avec|mit)|\s+(?:{_AND}|{_WITH}))\s+(?=\S)|\s*,\s*(?:{_AND}\s+)?|\s+[-–—]\s+"
    r"|\s*(?:通讯员|通訊員|实习生|實習生)\s*",
    re.IGNORECASE,
)
_PLACE = re.compile(r"\s+(?:in|aus|at|from|à|en|em|ze|w)\s+(?:the )?[A-ZÀ-ÞŁŚŠŻŽ].*")
_STRANGE = re.compile(
    r"\A\w.*\s(?:[Bb]y|[Vv]on|[Pp]ar|[Pp]or|av|af)\s(?=[A-ZÀ-Þ]\S+\s\S*[A-ZÀ-Þ])"
    rf"|(?<=\w)\s+(?:(?i:{any_of('around', 'page')})\b"
    r"|(?:in|aus|at|from|à|en|em|ze|w|reports?|reporting|berichtet)\s+).*"
)
"""What an extractor glues around a name, and what makes a sentence of it: cut, and told."""
_DEGREE = re.compile(r"[A-Z]{2,4}|Ph\.?D")
_SURNAME_FIRST = re.compile(r"([^\W\d_][\w'’-]+), ([^\W\d_][\w'’.-]+(?: [^\W\d_]\.?)?)")


@dataclass(frozen=True, slots=True)
class Credit:
    """Names in the order of the credit; `unknown` is what no part of the grammar explains."""

    is_labelled: bool = False
    people: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    parts: int = 0


def label_of(text: str) -> int:
    """Return how many characters say that names follow ("By "); none of "Di Stefano" or "Von der Leyen"."""
    found = _LABEL.match(fold(text[:_LONGEST_LABELLED]))
    if found is None:
        return 0
    rest = text[found.end() :].strip(_EDGES)
    is_name = found[0].strip(" :") in _ALSO_NAMES and (
        " " not in rest or rest[0].islower() or text[:3] == "De "
    )
    return 0 if not rest or is_name else found.end()


def read_credit(text: str, *, own: frozenset[str] = frozenset()) -> Credit:
    """Read "By Jo Doe, Political Editor, and Al Roe in Rome". `own` are letters of the outlet's names (letters_of)."""
    bare = " ".join(_ASIDE.sub(" ", _IN_BRACKETS.sub(r"\1", unescape(text).strip())).split())
    start = label_of(bare)
    rest = _BY_PICTURES.sub("", _MATERIAL.sub(" ", _TIME.sub(" ; ", bare[start:]))).strip(_EDGES)
    turned = [_SURNAME_FIRST.fullmatch(each.strip()) for each in rest.split(";")]
    if all(turned):
        rest = "; ".join(f"{each[2]} {each[1]}" for each in turned if each)
    people: list[str] = []
    agencies: list[str] = []
    houses: list[str] = []
    unknown: list[str] = []
    parts = [part for each in _BETWEEN.split(rest) if (part := each.strip(_EDGES))]
    for part in parts:
        known = _PLACE.sub("", part)
        unknown += [found[0] for found in _STRANGE.finditer(known)]
        house, name = _part_house(part_office(_STRANGE.sub("", known)).strip(_EDGES), own)
        houses += [house] if house else []
        if agency := name_agency(name):
            agencies.append(agency)
        elif _is_house(name, own):
            houses.append(name)
        elif is_person_name(name):
            people.append(name)
        elif name and not is_office(part) and not (people and _DEGREE.fullmatch(name)):
            unknown.append(name)
    is_labelled = start > 0 or EAST_ASIAN.search(rest) is not None
    return Credit(is_labelled, tuple(people), tuple(agencies), tuple(houses), tuple(unknown), len(parts))


def _part_house(name: str, own: frozenset[str]) -> tuple[str, str]:
    """Part the outlet's name from a person's behind it, or from the word for "by" that is no name before it."""
    words = name.split()
    if len(words) > 1 and words[0].casefold() in _ALSO_NAMES and letters_of(" ".join(words[1:])) in own:
        return " ".join(words[1:]), ""
    for end in range(1, len(words) - 1):
        house, person = " ".join(words[:end]), " ".join(words[end:])
        if letters_of(house) in own and is_person_name(person):
            return house, person
    return "", name


def _is_house(name: str, own: frozenset[str]) -> bool:
    """Whether a name is the outlet's, or holds a word of organisations."""
    letters, words = letters_of(name), fold(name).split()
    if not letters or len(words) > _LONGEST_HOUSE_WORDS:
        return False
    if letters in own or not ORGANISATIONS.isdisjoint(words):
        return True
    if len(words) > 1 and not (len(words) == 2 and words[0] in ARTICLES):
        return any(house in letters for house in own if len(house) > 5)
    return any(letters in house or house in letters for house in own)
