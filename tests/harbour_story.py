"""A plain story below a plain title, for what is asked of the lines above and around it."""

TITLE = "Harbour council keeps the island ferry for another winter"
STORY = [
    "The harbour council voted on Tuesday night to keep the old island ferry running, against its own auditor.",
    "Councillor Ida Brandt said that the islanders had waited for that decision since the storm of last November.",
    "A new boat would cost nine million pounds, which the county does not have before the end of the decade.",
]
