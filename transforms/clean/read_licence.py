"""Read the licence from a line that grants one."""

import re

_CODE = re.compile(r"\bCC[ -]?(BY(?:[ -](?:NC|ND|SA))*|0)\b(?:[ -]?(?:v\.? ?)?(\d\.\d))?", re.IGNORECASE)
_PARTS = (("NC", r"non-?commercial|nicht.kommerziell|no ?comercial|pas d.utilisation commerciale"),
          ("ND", r"no-?deriv|keine bearbeitung|sin obra|pas de modification"),
          ("SA", r"share-?alike|gleichen bedingungen|compartir ?igual|partage dans les m"))  # fmt: skip
_NAME = re.compile(
    r"creative commons[^.]{0,40}?(?:attribution|namensnennung|atribuci|paternit|naamsvermelding)[^.]*",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\b\d\.\d\b")


def read_licence(text: str) -> str | None:
    """Return the Creative Commons licence that `text` names, as "CC BY-NC 4.0", or None."""
    found = _CODE.search(text)
    if found:
        code = found[1].upper().replace(" ", "-")
        return " ".join(filter(None, ["CC", code, found[2]])) if code != "0" else "CC0"
    named = _NAME.search(text)
    if not named:
        return None
    parts = ["BY", *(short for short, words in _PARTS if re.search(words, named[0], re.IGNORECASE))]
    number = _NUMBER.search(text, named.start())
    return " ".join(filter(None, ["CC", "-".join(parts), number[0] if number else None]))
