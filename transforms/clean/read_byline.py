"""Read the authors from a byline."""

import re

from copydesk.transforms.credits.is_person_name import OFFICE, ORGANISATION_WORDS, is_person_name
from copydesk.transforms.credits.name_agency import name_agency
from copydesk.transforms.credits.read_credits import read_credits
from copydesk.transforms.credits.split_credit import split_credit
from copydesk.transforms.rules.find_tokens import find_tokens
from copydesk.transforms.rules.fold import fold

_LABEL = re.compile(
    r"(?:dall?a? (?:nostr[oa] )?(?:inviat[oa]|corrispondente)"
    r"|de(?:l| nuestr[oa]) (?:enviad[oa]|corresponsal)(?: especial)?|de notre envoyee?(?: speciale?)?"
    r"|von unsere[mr] (?:korrespondent|reporter|redakteur)(?:in)?"
    r"|propos recueillis par|γρ[αά]φ(?:ει|ουν) (?:ο|η|οι)"
    r"|(?:του|της) (?=\w+ \w+\Z)) +|"
    r"(?:(?:written|reported|reviewed|compiled|edited|story|words|text|report|texte|texto|testo|tekst|von|reportage)"
    r"(?: and photos?)? )?"
    r"(?:by|von|par|por|di|door|av|af|oleh|bởi|przez|od|від|skrevet av|skriven av)\b:? +"
    r"|(?:words|text|texte|texto|testo|tekst|author|autor|autora|autorka|auteur|autore|redaktion|लेखक)s?"
    r"(?: (?:and|och|og|und|et|e|y|i|&) (?:photo|foto|bild|bilder|picture|zdjecia)s?)?: *"
    r"|(?:автор|текст|автори|yazan|haber|penulis|reporter|szerzo|irta|pise|napsal[ai]?|kirjoittaja|skribent|tac giả"
    r"|teksti?|text|記者|记者|文|作者|撰文|글) ?[:：/／] *|de (?=\w+ \w+\Z)",
)
_OTHER_LABEL = re.compile(
    r"(?:本报|本報|新华社)?(?:記者|记者|撰文|作者)[\s:：／/].{2,30}|[^\s\d]{2,8}(?:記者|记者)"
    r"|[〔【（(\[](?:記者|记者|文)[\s:：／/]?[^\s\d/／]{2,8}[/／][^\s\d/／]{2,8}(?:報導|报道|報道)[〕】）)\]]"
    r"|[^\s\d]{2,5} ?(?:기자|특파원|논설위원)(?: ?\(?[\w.+-]+@[\w.-]+\)?)?"
    r"|(?:كتبت?|بقلم|מאת)[:\s].{4,40}"
)
"""Labels that stand without a colon, or behind the name."""
_PICTURES = re.compile(r" +(?:Pictures?|Photos?|Photography|Fotos?|Bild(?:er)?|Zdjęcia) ?(?::|by\b).*")
_NAME_WORD = r"[A-ZÀ-Þ][\w'’-]+"
_TITLES = re.compile(r"(?:Dr|Prof|Professor|Sir|Dame|Rev|Mrs?|Ms)\.? (?=\S+ \S)")
_OFFICE = re.compile(
    rf"(?:[\w.&'’-]+ ){{0,4}}?{OFFICE.pattern}(?: (?:for|of|at|in|de|für|per) .{{2,30}})?|{OFFICE.pattern} \w+",
    re.IGNORECASE,
)
_CAPITALS = re.compile(r"[A-Z]{2,}(?: [A-Z]{2,})+(?: [A-Z]\w+)?")
_LONGEST_OFFICE = 50
_OTHER_SCRIPTS = re.compile(r"[\u0370-\u1fff\u3000-\u9fff\uac00-\ud7af]")
_BEHIND = re.compile(
    r" *(?:[|•·–—]| - |@|\(|\[email|[\w.+-]+@|,? +(?:for|in|at|from|à|en|aus|em) +[A-ZÀ-Þ]|, le \w"
    r"|,? (?:Updated|Published|Posted|Staff|Special|Senior|Chief)\b| FOR (?=[A-Z])"
    r"| (?:[A-ZÀ-Þ][A-Za-zÀ-ÿ]{2,9}\.? \d{1,2}|\d{1,2}\.? [A-Za-zÀ-ÿ]{3,9}\.?),? \d{4}).*"
)
"""What stands behind names: a place or house, an address, a time, an office without a comma."""
_KIND = re.compile(
    r"(?<=\w) (?:Political|Health|Science|Sports?|Business|Environment|Education|Foreign|Crime|Arts|Culture|Transport"
    rf"|Local)\b(?=.* (?i:{OFFICE.pattern})\b).*"
)
"""An office right behind a labelled name."""
_BETWEEN = re.compile(r" *(?:[,;&/]|\b(?:and|und|et|y|e|en|with|avec|mit|con|com|met)\b) *")
_MOST_WORDS = 5
_PROPER = re.compile(
    r"(?:(?:The |the |of |de |do |da |du |le |la )*[A-ZÀ-Þ][\w.&'’-]*(?: |\Z)){1,5}|\w{1,3}\d\w?"
)
"""A name of whatever: "The Harbour Gazette", "g1"."""
_IN_BRACKETS = re.compile(r"[〔【（(\[](?:記者|记者|文)[\s:：／/]?([^\s\d/／]{2,8})[/／].*")
_WITH_OFFICE = re.compile(
    rf"((?:{_NAME_WORD} ){{2,3}}?)((?:\w[\w-]* ){{0,3}}(?i:{OFFICE.pattern}))(?: in [A-ZÀ-Þ]\w+)?"
)
"""A name and an office without a comma."""
_STATE = re.compile(r", [A-Z]{2}\Z")
"""A place's, where no label says that the line is a byline."""
_DEGREE = re.compile(r"[A-Z]{2,4}|Ph\.?D")
_OUTLETS = frozenset(
    """
    staff agencies agency reporter desk correspondent newsroom team editors redaktion redaccion redazione
    redactie redacao editor bureau agencias agenturen agences unserer unsere unser our notre nuestra nossa nostra onze
    la le the de a da der die rédaction redaction online news
    """.split()  # noqa: SIM905
)

_DESKS = frozenset(
    """
    staff agencies reporter newsroom editors redaktion redaccion redazione redactie redacao redaction
    agencias agenturen agences
    """.split()  # noqa: SIM905
)
_LONGEST_DESK = 30


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
        named = _IN_BRACKETS.sub(r"\1", text)
        return read_credits((named,)).people or None if _OTHER_LABEL.fullmatch(text) else None
    rest = _KIND.sub("", _PICTURES.sub("", text[label.end() :]))
    return () if _is_desk(rest) or name_agency(rest) else _people(rest, is_labelled=text[-1] not in ".!?")


def _people(text: str, *, is_labelled: bool = False) -> tuple[str, ...] | None:
    """Return the people of a list of names, degrees, agencies, houses, offices; null where it holds anything else.

    Behind a label and a name, anything that is written as a name is a house or place.
    """
    parts = [part for each in _BETWEEN.split(_BEHIND.sub("", text)) if (part := each.strip(" ,;.|"))]
    people = [part for part in parts if len(part.split()) <= _MOST_WORDS and is_person_name(part)]
    others = [part for part in parts if part not in people]
    is_led = is_labelled and bool(others) and (parts[0] in people or any(map(name_agency, others)))
    if not all(
        reads_as_office(part) or (people and _DEGREE.fullmatch(part)) or (is_led and _PROPER.fullmatch(part))
        for part in others
    ):
        return None
    names = tuple(dict.fromkeys(_TITLES.sub("", name) for name in people))
    is_unnamed = any(_is_house(part) or (is_labelled and _OFFICE.fullmatch(part)) for part in others)
    return names or (() if is_unnamed else None)  # none: "By Design", "BY THE NUMBERS"


def _is_house(name: str) -> bool:
    house = name.partition(",")[0]
    is_named = name[:1].isupper() and not ORGANISATION_WORDS.isdisjoint(fold(house).split()[-2:])
    return is_named or name_agency(name) is not None


def read_bare_byline(text: str) -> tuple[str, ...] | None:
    """Return the authors of a line that is nothing but two to four names, a name with a handle, or with an office."""
    if len(text) > 80 or text.endswith(tuple(".!?:。।؟۔")) or len(text.split()) > 9:
        return None
    if _is_desk(text) and len(text) <= _LONGEST_DESK:
        return ()
    is_labelled = _LABEL.match(fold(text)) and not text.startswith("De ")
    if is_labelled or "/" in text:  # what a stroke parts are a photographer and a house
        return None
    if _OTHER_SCRIPTS.match(text):
        bare = _BEHIND.sub("", text)
        people = read_credits((bare,)).people
        return people if people and len(people) == len(split_credit(bare)) and ":" not in bare else None
    if (found := _WITH_OFFICE.fullmatch(text)) and is_person_name(found[1].strip()):
        return (found[1].strip(),)
    names = _people(text) or ()
    return names if names and text.startswith(("Dr", "Prof", names[0])) and not _STATE.search(text) else None


def reads_as_office(text: str) -> bool:
    """Return whether a line says what an author is or for whom: "Court Reporter", "Special for The Tide"."""
    if len(text) > _LONGEST_OFFICE or text.endswith((".", "!", "?", ":")):
        return False
    return bool(_OFFICE.fullmatch(text) or _CAPITALS.fullmatch(text)) or _is_house(text)
