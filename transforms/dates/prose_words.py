"""The words of prose that place a date: relative days, weekdays, tenses, stamps. Data only, by language."""

import re

RELATIVE_DAYS: dict[str, dict[str, str]] = {
    "en": {"today": "P0D", "this morning": "P0D", "this afternoon": "P0D", "this evening": "P0D", "tonight": "P0D",
           "yesterday": "-P1D", "last night": "-P1D", "overnight": "-P1D", "tomorrow": "P1D",
           "last week": "-P1W", "next week": "P1W", "last month": "-P1M", "next month": "P1M",
           "last year": "-P1Y", "next year": "P1Y"},
    "de": {"heute": "P0D", "heute morgen": "P0D", "heute früh": "P0D", "heute abend": "P0D", "gestern": "-P1D",
           "gestern abend": "-P1D", "letzte nacht": "-P1D", "vorgestern": "-P2D", "übermorgen": "P2D",
           "vergangene woche": "-P1W", "letzte woche": "-P1W", "nächste woche": "P1W",
           "vergangenen monat": "-P1M", "letzten monat": "-P1M", "nächsten monat": "P1M"},
    "fr": {"aujourd'hui": "P0D", "aujourd’hui": "P0D", "ce matin": "P0D", "ce soir": "P0D", "hier": "-P1D",
           "hier soir": "-P1D", "la nuit dernière": "-P1D", "avant-hier": "-P2D", "demain": "P1D",
           "la semaine dernière": "-P1W", "la semaine prochaine": "P1W", "le mois dernier": "-P1M",
           "le mois prochain": "P1M"},
    "es": {"hoy": "P0D", "esta mañana": "P0D", "esta noche": "P0D", "ayer": "-P1D", "anoche": "-P1D",
           "anteayer": "-P2D", "la semana pasada": "-P1W", "la próxima semana": "P1W",
           "el mes pasado": "-P1M", "el próximo mes": "P1M"},
    "pt": {"hoje": "P0D", "esta manhã": "P0D", "nesta manhã": "P0D", "ontem": "-P1D", "ontem à noite": "-P1D",
           "anteontem": "-P2D", "amanhã": "P1D", "na semana passada": "-P1W", "na próxima semana": "P1W",
           "no mês passado": "-P1M", "no próximo mês": "P1M"},
    "it": {"oggi": "P0D", "stamattina": "P0D", "stamane": "P0D", "questa mattina": "P0D", "stasera": "P0D",
           "ieri": "-P1D", "ieri sera": "-P1D", "la scorsa notte": "-P1D", "domani": "P1D",
           "la scorsa settimana": "-P1W", "la prossima settimana": "P1W", "il mese scorso": "-P1M"},
    "nl": {"vandaag": "P0D", "vanmorgen": "P0D", "vanochtend": "P0D", "vanavond": "P0D", "gisteren": "-P1D",
           "gisteravond": "-P1D", "afgelopen nacht": "-P1D", "eergisteren": "-P2D",
           "vorige week": "-P1W", "volgende week": "P1W", "vorige maand": "-P1M", "volgende maand": "P1M"},
}  # fmt: skip
"""Words to ISO 8601 durations from the day of writing."""

WEEKDAYS: dict[str, tuple[str, ...]] = {
    "en": ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
    "de": ("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag"),
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    "es": ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
    "pt": ("segunda-feira", "terça-feira", "quarta-feira", "quinta-feira", "sexta-feira", "sábado", "domingo"),
    "it": ("lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica"),
    "nl": ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"),
}  # fmt: skip
"""Weekday names from Monday on, as whole words."""

MONTHS: dict[str, tuple[str, ...]] = {
    "en": ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
           "november", "december"),
    "de": ("januar", "februar", "märz", "april", "mai", "juni", "juli", "august", "september", "oktober",
           "november", "dezember"),
    "fr": ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
           "novembre", "décembre"),
    "es": ("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre",
           "noviembre", "diciembre"),
    "pt": ("janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto", "setembro", "outubro",
           "novembro", "dezembro"),
    "it": ("gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre",
           "ottobre", "novembre", "dicembre"),
    "nl": ("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
           "november", "december"),
}  # fmt: skip
"""Full month names, for months told without day and year."""

MONTH_TURNS = {
    "en": "last|next",
    "de": "vergangenen|letzten|nächsten|kommenden",
    "fr": "",
    "es": "",
    "pt": "",
    "it": "",
    "nl": "afgelopen|vorige|komende",
}
"""The words that belong to the month name after them."""

MONTH_LEADS = {"en": "in|since|by|until|this", "de": "im|seit|bis", "fr": "en", "es": "en|desde",
               "pt": "em|desde", "it": "a|in|da", "nl": "in|sinds"}  # fmt: skip
"""The words that a bare month name needs before it: May, March and mars are other words too."""

FUTURE = re.compile(
    r"\b(?:will|would be|shall|beginning|starting|due|scheduled|slated|set (?:to|for)|expected|planned"
    r"|plans|upcoming|next|ahead of"
    r"|is to|are to|to be held|standing for|wird|werden|soll|sollen|geplant|kommenden|nächsten|ab dem"
    r"|sera|seront|aura lieu|prévue?s?"
    r"|prochaine?|será|serán|prevista?|previsto|próxim[oa]|tendrá|terá|sarà|saranno|prossim[oa]|zal"
    r"|zullen|gepland|komende|volgende)\b",
    re.IGNORECASE,
)
"""Words that tell of what is still to come."""

FIRM_FUTURE = re.compile(
    r"\b(?:will|shall|(?:is|are) (?:set|due|scheduled|slated|expected|to)|wird|werden|sera|seront"
    r"|aura lieu|será|serán|terá|sarà|saranno"
    r"|zal|zullen)\b",
    re.IGNORECASE,
)
"""Words that tell of what is to come from where the writer stands, not from where somebody once stood."""

UNSURE = re.compile(
    r"\b(?:would|could|may|might|can|should|must|until|through|by|before|if|deadline|elections?|election"
    r"|expires?|ends?|propos\w+|fiscal|budget"
    r"|target|goal|forecast\w*|project(?:ed|ion|ions)|predict\w*|estimat\w+|to|for|race|campaign|primary"
    r"|primaries|candidates?|bid|run|running|model|season"
    r"|könnte\w*|soll\w*|würde\w*|bis|wahl\w*|pourrait|devrait|élections?|jusqu\w*|podría|elecciones|até"
    r"|eleições|potrebbe|elezioni|entro|tot|verkiezing\w*)\b",
    re.IGNORECASE,
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
    re.IGNORECASE,
)
"""Words that tell of what is over."""

PRESENT_CLAUSE = re.compile(
    r"^(?:that|which|who)\s+(?!(?:was|has|its|this|his|does|is)\b)[a-z]+(?<!s)s\s", re.IGNORECASE
)
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
