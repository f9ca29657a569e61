"""Read the authors from a byline."""

import re

from transforms.credits.is_person_name import OFFICE, ORGANISATION_WORDS, is_person_name
from transforms.credits.name_agency import name_agency
from transforms.credits.read_credits import read_credits
from transforms.credits.split_credit import split_credit
from transforms.rules.find_tokens import find_tokens
from transforms.rules.fold import fold

_LABEL = re.compile(
    r"(?:(?:written|reported|reviewed|compiled|story|words|text|report|texte|texto|testo|tekst|von|reportage)"
    r"(?: and photos?)? )?"
    r"(?:by|von|par|por|di|door|av|af|oleh|bởi|przez|od|від|skrevet av|skriven av)\b:? +"
    r"|(?:words|text|texte|texto|testo|tekst|author|autor|autora|autorka|auteur|autore|redaktion|लेखक)s?"
    r"(?: (?:and|och|og|und|et|e|y|i|&) (?:photo|foto|bild|bilder|picture|zdjecia)s?)?: *"
    r"|(?:автор|текст|автори|yazan|haber|penulis|reporter|szerzo|irta|pise|napsal[ai]?|kirjoittaja|skribent|tac giả"
    r"|teksti?|text|記者|记者|文|作者|撰文|글) ?[:：/／] *|de (?=\w+ \w+\Z)",
)
_OTHER_LABEL = re.compile(
    r"(?:本报|本報|新华社)?(?:記者|记者|撰文|作者)[\s:：／/].{2,30}|[^\s\d]{2,8}(?:記者|记者)"
    r"|[^\s\d]{2,5} ?(?:기자|특파원|논설위원)"
    r"|(?:كتبت?|بقلم|מאת)[:\s].{4,40}"
)
"""Labels that stand without a colon, or behind the name."""
_PICTURES = re.compile(r" +(?:Pictures?|Photos?|Photography|Fotos?|Bild(?:er)?|Zdjęcia) ?(?::|by\b).*")
_TITLES = re.compile(r"(?:Dr|Prof|Professor|Sir|Dame|Rev|Mrs?|Ms)\.? (?=\S+ \S)")
_OFFICE = re.compile(
    rf"(?:[\w.&'’-]+ ){{0,4}}?{OFFICE.pattern}(?: (?:for|of|at|in) .{{2,30}})?", re.IGNORECASE
)
_CAPITALS = re.compile(r"[A-Z]{2,}(?: [A-Z]{2,})+(?: [A-Z]\w+)?")
_LONGEST_OFFICE = 50
_OTHER_SCRIPTS = re.compile(r"[\u0370-\u1fff\u3000-\u9fff\uac00-\ud7af]")
_PARTICLE = r"(?:de|del|della|di|da|das|do|dos|du|van|von|der|den|ter|ten|la|le|el|al|bin|ibn|y|zu|af|st)"
_PART = r"(?:[A-ZÀ-ÞŁŚŠŽ][\w'’.-]+|[A-Z]\.?|Mc\w+|d'[A-Z]\w+|d’[A-Z]\w+|O['’][A-Z]\w+)"
_NAME = re.compile(rf"{_PART}(?: +(?:{_PARTICLE} +)*{_PART}){{0,4}}\Z")
_JOINTS = r"and|und|et|y|e|en|with|avec|mit|con|com|met"
_SPLIT = re.compile(rf" *(?:[,;&/]|\b(?:{_JOINTS})\b) *")
_AFTER = re.compile(
    r" *(?:[|•·–—]| - |@|\(|,? +(?:for|in|at|from|à|à|en|aus|em|a) +[A-ZÀ-Þ]|[\w.+-]+@|\[email|, *(?:[a-z]|Le \d|le \d)"
    r"|,? *(?:Staff|Senior|Chief|Political|Health|Science|Sports?|Business|Special|Associated|Reuters|Environment"
    r"|Education|Foreign|Crime|News|Arts|Culture|Transport|Local|Published|Updated|Posted|Redakteur|Redaktion)\b).*",
)
_AFTER_BARE = re.compile(
    r" *(?:[|•·–—]| - |@|\(|,? +(?:for|in|at|from|à|en|aus|em) +[A-ZÀ-Þ]|[\w.+-]+@|\[email).*"
)
_OUTLETS = frozenset(
    """
    staff agencies agency reporter desk correspondent newsroom team editors redaktion redaccion redazione
    redactie redacao editor bureau agencias agenturen agences unserer unsere unser our notre nuestra nossa nostra onze
    la le the de a da der die rédaction redaction online news
    """.split()  # noqa: SIM905
)

_DESKS = frozenset(
    [
        "staff",
        "agencies",
        "reporter",
        "newsroom",
        "editors",
        "redaktion",
        "redaccion",
        "redazione",
        "redactie",
        "redacao",
        "redaction",
        "agencias",
        "agenturen",
        "agences",
    ]
)
_LONGEST_DESK = 30


def _names(text: str, after: re.Pattern[str] = _AFTER) -> tuple[str, ...]:
    kept = after.sub("", text).strip(" ,;.|")
    names = [name.strip() for name in _SPLIT.split(kept) if name.strip()]
    return tuple(names) if names and all(map(_is_name, names)) else ()


def _is_name(text: str) -> bool:
    return bool(_NAME.match(text)) or is_person_name(text) or name_agency(text) is not None


def _is_desk(text: str) -> bool:
    """Whether a byline names only the newsroom, its own or an agency's, before any bar or dash."""
    words = find_tokens(fold(re.split(r"[|•·–—,]", text, maxsplit=1)[0]))
    others = [word for word in words if word not in _OUTLETS]
    is_known = not others or name_agency(" ".join(others)) is not None
    return is_known and not set(words).isdisjoint(_DESKS)


def read_byline(text: str) -> tuple[str, ...] | None:
    """Return the authors that a labelled byline ("By A. Name and B. Name, Staff Writer") names.

    An empty tuple: a byline that names no person ("By Staff"). None: no byline.
    """
    if len(text) > 160:
        return None
    label = _LABEL.match(fold(text))
    if label is None or text.startswith("De "):
        return read_credits((text,)).people or None if _OTHER_LABEL.fullmatch(text) else None
    if _is_desk(text[label.end() :]) or name_agency(text[label.end() :]):
        return ()
    names = _names(_PICTURES.sub("", text[label.end() :]))
    if not names or sum(len(name.split()) for name in names) > 16:
        return None
    people = tuple(_TITLES.sub("", name) for name in names if is_person_name(name))
    return people or (() if any(map(_is_house, names)) else None)  # none: "By Design"


def _is_house(name: str) -> bool:
    return name_agency(name) is not None or not ORGANISATION_WORDS.isdisjoint(fold(name).split())


def read_bare_byline(text: str) -> tuple[str, ...] | None:
    """Return the authors of a line that is nothing but two to four names, a name with a handle, or with an office."""
    if len(text) > 80 or text.endswith(tuple(".!?:。।؟۔")) or len(text.split()) > 9:
        return None
    if _is_desk(text) and len(text) <= _LONGEST_DESK:
        return ()
    if _OTHER_SCRIPTS.match(text):
        people = read_credits((text,)).people
        return people if people and len(people) == len(split_credit(text)) else None
    name, _, office = text.partition(", ")
    if office[:1].islower() and not reads_as_office(office):
        return None
    names = _names(name if office and reads_as_office(office) else text, _AFTER_BARE)
    if not names or not all(2 <= len(name.split()) <= 5 and is_person_name(name) for name in names):
        return None
    return tuple(_TITLES.sub("", name) for name in names)


def reads_as_office(text: str) -> bool:
    """Return whether a line says what an author is or for whom: "Court Reporter", "Special for The Tide"."""
    if len(text) > _LONGEST_OFFICE or text.endswith((".", "!", "?", ":")):
        return False
    is_house = text[:1].isupper() and not ORGANISATION_WORDS.isdisjoint(fold(text).split()[-2:])
    return (
        bool(_OFFICE.fullmatch(text) or _CAPITALS.fullmatch(text))
        or is_house
        or name_agency(text) is not None
    )
