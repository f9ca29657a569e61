"""The words of prose that tell what a date is the date of: tenses, stamps, spans of years; and its sentence.

The tenses are told in lower case: a search without regard to case is several times as slow.
"""

import re

FUTURE = re.compile(
    r"\b(?:will|would be|shall|beginning|starting|due|scheduled|slated|set (?:to|for)|expected|planned"
    r"|plans|upcoming|next|ahead of"
    r"|is to|are to|to be held|standing for|wird|werden|soll|sollen|geplant|kommenden|nächsten|ab dem"
    r"|sera|seront|aura lieu|prévue?s?"
    r"|prochaine?|será|serán|prevista?|previsto|próxim[oa]|tendrá|terá|sarà|saranno|prossim[oa]|zal"
    r"|zullen|gepland|komende|volgende)\b",
)
"""Words that tell of what is still to come."""

FIRM_FUTURE = re.compile(
    r"\b(?:will|shall|(?:is|are) (?:set|due|scheduled|slated|expected|to)|wird|werden|sera|seront"
    r"|aura lieu|será|serán|terá|sarà|saranno"
    r"|zal|zullen)\b",
)
"""Words that tell of what is to come from where the writer stands, not from where somebody once stood."""

UNSURE = re.compile(
    r"\b(?:would|could|may|might|can|should|must|until|through|by|before|if|deadline|elections?|election"
    r"|expires?|ends?|propos\w+|fiscal|budget"
    r"|target|goal|forecast\w*|project(?:ed|ion|ions)|predict\w*|estimat\w+|to|for|race|campaign|primary"
    r"|primaries|candidates?|bid|run|running|model|season"
    r"|könnte\w*|soll\w*|würde\w*|bis|wahl\w*|pourrait|devrait|élections?|jusqu\w*|podría|elecciones|até"
    r"|eleições|potrebbe|elezioni|entro|tot|verkiezing\w*)\b",
)
"""Words that leave open whether a month or year told beside them is over."""

IN_YEAR = re.compile(
    r"\b(?:in|since|during|im jahre?|seit|en|depuis|desde|em|nel|dal|sinds)\s(?:early |late |mid-)?$",
    re.IGNORECASE,
)
"""What stands before a year in which something happened, and not before `the 2016 race`."""

DUE = re.compile(
    r"\b(?:until|till|by|before|effective|due|goal of|deadline|ends?|expires?|through|starting|from|to"
    r"|for|bis|ab|jusqu.au|hasta|até|fino al|tot)"
    r"\W+(?:\w+\W+){0,2}$",
    re.IGNORECASE,
)
"""What stands before a day on which something is to be done, also where the sentence is told as past."""

PAST = re.compile(
    r"\b(?:was|were|had|did|made|won|lost|began|took|went|came|became|fell|rose|left|met|held|died|ran"
    r"|gave|saw|told|found|wrote|led|built|sent|since"
    r"|[a-z]{2,}ed|war|waren|hatte\w*|wurde\w*|ge[a-zäöü]{3,}t|seit|était|étaient|avait|a été|ont été"
    r"|depuis|fue|fueron|era|había|desde|foi|foram|havia"
    r"|è stat\w|aveva|fu|werd\w*|waren|had|sinds)\b",
)
"""Words that tell of what is over."""

PRESENT_CLAUSE = re.compile(r"^(?:that|which|who)\s+(?!(?:was|has|its|this|his|does|is)\b)[a-z]+(?<!s)s\s")
"""A clause that opens with a verb in the present tense: `that moves into its sixth year on Tuesday`."""

PRINT_STAMP = re.compile(
    r"\b(?:printable version|(?:print|printed) (?:version|from|on|at)|druckversion|gedruckt (?:am|von)"
    r"|ausgedruckt|version imprimable|imprimé le"
    r"|impreso (?:el|desde)|versión para imprimir|stampato il|versione stampabile|versão para impress"
    r"|impresso em|afgedrukt op|afdrukversie)",
    re.IGNORECASE,
)
CAPTURE = re.compile(
    r"\b(?:retrieved|accessed|archived) (?:on|from|at)\b|\babgerufen am\b"
    r"|\bconsulté le\b|\bconsultado el\b",
    re.IGNORECASE,
)
PHOTO = re.compile(
    r"(?:\b(?:photo|picture|image|file photo|foto|bild|photograph|photo credit|crédit|crédito|fotografía"
    r"|credit|credits|archivfoto)\b\s*[:|/©(]"
    r"|\((?:photo|foto|file|ap photo|image|bild|ap|afp|reuters|dpa|epa|getty)\b|\b(?:reuters|afp|epa"
    r"|ap photo|ap|dpa|ansa|efe|anp|getty images)\s*/\s*\w"
    r"|\bgetty images\b|\bap photo\b|\bfile photo\b|\bfile picture\b)",
    re.IGNORECASE,
)
COPYRIGHT = re.compile(
    r"©|\(c\)\s*\d|\bcopyright\b|\ball rights reserved\b|\balle rechte\b|\btous droits\b", re.IGNORECASE
)

NUMBERS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
           "ten": 10, "eleven": 11, "twelve": 12, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "deux": 2,
           "trois": 3, "quatre": 4, "cinq": 5, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "dois": 2, "duas": 2,
           "três": 3, "quatro": 4, "due": 2, "tre": 3, "quattro": 4, "cinque": 5, "twee": 2, "drie": 3,
           "vijf": 5}  # fmt: skip
OVER_YEARS = re.compile(
    r"\b(?P<just>just over|little more than|slightly more than|just more than|gut|etwas mehr als"
    r"|un peu plus de|poco más de|pouco mais de|poco più di|ruim)"
    r"\s+(?P<n>\w+)\s+(?:years?|jahren?|ans|années|años|anos|anni|jaar)\b",
    re.IGNORECASE,
)
"""`just over two years`: more than two and less than three."""

STARTS = re.compile(
    r"\b(?:began|begun|started|since|launched|starting|opened|entered|joined|intervened|seit|begann"
    r"|begonnen|depuis|commencé|débuté|desde|comenzó|empezó|começou"
    r"|iniciou|da|dal|iniziat[oa]|cominciat[oa]|sinds|begon)\b",
    re.IGNORECASE,
)
"""Words that make a date the start of something that a duration can count from."""

_BREAK = re.compile(r"(?<=[.!?…])[\s”\"’)]+(?=[\"“„«(]?[A-ZÄÖÜÀ-ÝÑ])|\n+")
_CLAUSE = re.compile(r"[,;:–—]\s|\b(?=that |which |who |and )")


def sentence_before(before: str) -> str:
    """Return what of the last sentence stands in the text before a place."""
    return _BREAK.split(before)[-1]


def sentence_after(after: str) -> str:
    """Return what of the first sentence stands in the text after a place."""
    return _BREAK.split(after, maxsplit=1)[0]


def clause_before(before: str) -> str:
    """Return the last clause of the text before a place."""
    return _CLAUSE.split(before)[-1]


def tense_at(text: str, at: int) -> str:
    """Tell whether the clause up to a place tells of what is to come (future) or of what was (past)."""
    start = max(text.rfind("\n", 0, at) + 1, at - 160)
    clause = clause_before(sentence_before(text[start:at])).lower()
    is_future = FUTURE.search(clause[-90:]) or PRESENT_CLAUSE.match(clause.strip())
    return "future" if is_future else "past"


def is_quoted(text: str, at: int) -> bool:
    """Tell whether a place lies within a quotation: opened on its line and not closed before it."""
    start = max(text.rfind("\n", 0, at) + 1, at - 600)
    before = text[start:at]
    opened = max(before.rfind(mark) for mark in "“„«")
    closed = max(before.rfind(mark) for mark in "”»")
    return opened > closed or before.count('"') % 2 == 1
