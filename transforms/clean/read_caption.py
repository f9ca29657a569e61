"""Read caption and credit from a line that stood below a picture."""

import re

from copydesk.transforms.clean.read_signature import AGENCIES, read_signature
from copydesk.transforms.credits.name_agency import name_agency
from copydesk.transforms.records import Image
from copydesk.transforms.text.words import any_of

_WHAT = any_of("pictures", "labels")
_BY = r"(?:by|von|par|por|di|door|de|credit|courtesy of|via)"
_COLON = r"(?P<colon>[:©|/]|(?<=by)|(?<=von)|(?<=par)|(?<=por)|(?<=di)|(?<=door)|(?<=courtesy of))"
_LABELLED = re.compile(
    rf"(?:[|(\[/,;–—-] *|(?<=[.!?”\"’»)]) +|\A)(?P<label>(?i:{_WHAT}))(?: {_BY})? ?"
    rf"{_COLON} *(?P<credit>[^:()\[\]]{{2,80}}?)[)\]]?\.?\Z"
)
_AGENCY = re.compile(
    rf"(?:(?<=[.!?”\"’»)]) *|[|(–—-] *|\A)(?P<credit>[©] ?(?=[A-ZÀ-Þ\d])[^|.:]{{3,60}}"
    rf"|{AGENCIES}(?: Images)?/[^|:()]{{2,60}}|[A-ZÀ-Þ][\w.'’ -]{{2,40}}(?: ?/ ?|, | via ){AGENCIES}"
    rf"(?: (?:via )?[A-ZÀ-Þ][\w ./]{{0,40}}|/[\w ./]{{1,40}})?|{AGENCIES})[)\]]?\.? *\Z"
)
_CAPITALS = re.compile(r"(?<=[.!?”\"’»)]) *[|] *(?P<credit>[A-ZÀ-Þ][A-ZÀ-Þ.'’ -]{3,40}(?:/[A-Z ]+)?)\Z")
"""A name in capitals behind a sentence and a bar, as Iberian outlets sign pictures; behind a title it is the outlet."""
_PICTURES = any_of("pictures", "senders")
"""Who sends out pictures and no copy: behind a sentence they sign its picture."""
_SIGNED = re.compile(
    rf" *\((?P<credit>[^()]{{0,60}}\b{_PICTURES}[^()]{{0,30}})\)\.?\Z"
    rf"|(?<=[.!?”\"’»]) +(?P<named>(?:[A-ZÀ-Þ][\w.'’-]+ ){{1,5}}?{AGENCIES}(?: Images)?)\Z"
)
_BEFORE = re.compile(
    rf"(?P<credit>[A-ZÀ-Þ][\w.'’-]+(?: [A-ZÀ-Þ][\w.'’-]*){{0,3}} ?/ ?{AGENCIES}(?: Images)?) (?=[A-ZÀ-Þ])"
)
_AGENT = re.compile(rf"AP Photo|iStock|Dreamstime|Pixabay|Unsplash|{AGENCIES}")
"""Either of them, without a group: `re` then runs over all letters that begin none."""
_INITIALS = re.compile(r"[a-zà-ÿ]{2,4}")
_TAIL = 60
"""Characters of a line's end, or of its beginning, in which an agency that signs it is named."""
_BUTTON = re.compile(r"(?<=[.!?)\]]) More\Z|\ACLOSE (?=[A-ZÀ-Þ](?:[^A-ZÀ-Þ]))")
"""What a site writes on the button beside a caption."""
_HINTS = (
    "photo foto imag immag bild beeld picture illustr grafi graphic video crédit credit quelle copyright".split()  # noqa: SIM905
)
_MOST_WORDS = 60
_GIVEN = frozenset(["courtesy", "provided", "handout", "contributed", "submitted", "permission"])


def _may_hold_credit(text: str) -> bool:
    """Tell at once most lines that cannot: no sign of an agency and no word that labels a credit."""
    if "|" in text or "/" in text or "©" in text or len(text) < 40:
        return True
    lowered = text[-140:].lower()
    return any(map(lowered.__contains__, _HINTS))


def _image(text: str, found: re.Match[str], credit: str) -> Image:
    caption = text[: found.start()].strip(" |([–—-\u00a0")
    return Image(caption=caption or None, credit=credit.strip(" .|\u00a0") or None)


def _cut_label(text: str) -> tuple[str, str] | None:
    found = _LABELLED.search(text)
    if found is None:
        return None
    is_labelled = found["colon"] and found["label"][:1].isupper()
    if not (is_labelled or found["credit"].strip()[:1].isupper()) or _is_told(found["credit"]):
        return None
    return text[: found.start()].rstrip(" |([\u00a0"), found["credit"]


def _is_told(credit: str) -> bool:
    """Whether what follows the label is told in words, not named."""
    words = credit.split()
    small = sum(word.isalpha() and word.islower() for word in words)
    return len(words) > 3 and 2 * small > len(words) and _GIVEN.isdisjoint(words)


def read_caption(text: str) -> Image | None:
    """Return caption and credit of a line that ends in a picture credit, or is one; None for other lines.

    An agency with a photographer ("REUTERS/A. Name/Pool") is the credit even where a label follows it.
    """
    if text.endswith(" More") or text.startswith("CLOSE "):
        bare = _BUTTON.sub("", text)
        if bare != text:
            return _read_credit(bare) or Image(caption=bare)
    return _read_credit(text) or read_signature(text)


def _read_credit(text: str) -> Image | None:
    bound = _read_bound(text)
    if not (bound or _may_hold_credit(text)) or len(text.split()) > _MOST_WORDS:
        return None
    return bound or _read_labelled(text)


def _read_bound(text: str) -> Image | None:
    """Return the caption of a line that a picture's agency signs behind it, or a photographer before it."""
    if _AGENT.search(text, max(0, len(text) - _TAIL)) and (signed := _SIGNED.search(text)):
        return Image(caption=text[: signed.start()] or None, credit=signed["credit"] or signed["named"])
    if "/" in text[:_TAIL] and (before := _BEFORE.match(text)):
        return Image(caption=text[before.end() :], credit=before["credit"])
    return None


def _read_labelled(text: str) -> Image | None:
    labelled = _cut_label(text)
    rest = labelled[0] if labelled else text
    agency = _AGENCY.search(rest)
    if agency and not labelled and _signs_copy(rest, agency):
        return None
    if agency and (
        labelled or "/" in agency["credit"] or agency["credit"].startswith("©") or agency[0] == rest
    ):
        return _image(rest, agency, agency["credit"])
    capitals = _CAPITALS.search(text)
    if capitals and not labelled:
        return _image(text, capitals, capitals["credit"])
    if labelled:
        return Image(caption=rest or None, credit=labelled[1].strip(" .|\u00a0"))
    return None


def _signs_copy(text: str, found: re.Match[str]) -> bool:
    """Whether agencies and a writer's initials alone sign a sentence in brackets, as its wire does ("(dpa/lhe)")."""
    houses = found["credit"].lstrip("© ").rstrip(")").split("/")
    return (
        text[found.start()] in "([（【"
        and text[: found.start()].rstrip()[-1:] in ("", *'.!?…"”»')
        and all(name_agency(house) or _INITIALS.fullmatch(house) for house in houses)
        and not any(re.fullmatch(_PICTURES, house) for house in houses)
    )
