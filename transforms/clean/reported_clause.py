"""Tells what a story says in an outlet's words: somebody says it in a clause behind it, or it runs on as a sentence."""

import re

_SUBJECTS = "the a an he she they his her their its one some many most this that"
_ENGLISH = (
    "said says say told asked asks begs begged reads warned warns urged urges wrote writes chanted insists insisted"
    " joked added promised promises declared declares announced announces advised advises pleaded pleads"
)
_INVERTED = (
    "sagt sagte sagen sagten rat riet bat bittet bitten warnt warnte mahnt mahnte fordert forderte heisst hiess"
    " steht stand schreibt schrieb schreiben verspricht versprach ruft rief wirbt empfiehlt empfahl meint meinte"
    " dit disait demande demandait supplie conseille ajoute previent ecrit ecrivait annonce affirme explique"
    " implora implore prie lance proclame insiste promet"
    " dice decia dijo pide pedia pidio ruega rogaba avisa advierte reza rezaba escribe escribio suplica promete"
    " aconseja diceva avverte chiede prega recita scrive promette consiglia supplica"
    " diz dizia pede pediu pedia escreve roga aconselha"
    " zegt zei vroeg vraagt smeekt waarschuwt schrijft belooft adviseert roept staat"
    " mowi powiedzial powiedziala prosi poprosil poprosila pisze"
)
_VERBS = frozenset(f"{_ENGLISH} {_INVERTED}".split())
_CLAUSE = re.compile(
    rf", (?:(?:{'|'.join(_SUBJECTS.split())}) (?:[\w'-]+ ){{0,8}}?(?:{'|'.join(_ENGLISH.split())})\b"
    rf"|(?:{'|'.join(_INVERTED.split())})\b[ -]\w)"
)
_ANNOUNCED = re.compile(
    rf"\b(?:{'|'.join(sorted(_VERBS))})(?: [\w'-]+){{0,3}}: ?(?:[^\s\"][^\"]{{0,240}})?\Z"
)
_RUNS_ON = re.compile(r"[^\s:][^:]{0,40} ?: ?[a-zà-ÿ]")


def runs_on(text: str) -> bool:
    """Return whether a label's sentence goes on in lower case to a full stop: "Watch: the vote is at six."."""
    return text.endswith(".") and _RUNS_ON.match(text) is not None


def is_announced(before: str) -> bool:
    """Return whether folded words end in what a verb of saying and a colon begin: "The leaflet reads: Help us. ..."."""
    return ":" in before and _ANNOUNCED.search(before) is not None


def reported_clause(unquoted: str, words: tuple[str, ...]) -> bool:
    """Return whether a folded line, quotations blanked, names who says it behind a comma ("..., the banners say")."""
    return not _VERBS.isdisjoint(words) and _CLAUSE.search(unquoted) is not None
