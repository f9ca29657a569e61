"""Read caption and credit from a line that stood below a picture.

A credit is a label with a name ("Photo: Ana Ruiz"), or the form of a signature behind or before the caption, which
needs no list of houses ("... pier. Ana Ruiz/The Tide").
"""

import re

from copydesk.transforms.credits.name_office import name_agency
from copydesk.transforms.records import Image
from copydesk.transforms.text.words import any_of, list_of

_AGENCIES, _SENDERS, _PRESS = (any_of("pictures", name) for name in ("agencies", "senders", "press"))
"""Who signs pictures; of these who sends out pictures and no copy; words of papers' names."""
_SHARED, _FILED, _LABEL = (any_of("pictures", name) for name in ("shared", "filed", "labels_short"))
_SCREEN = r"[Ss]creen ?(?:shot|grab)s?"
_PARTICLE = r"(?:de|del|da|dos|van|von|der|den|la|le|el|al|bin)"
_WORD = r"[A-ZÀ-ÞŁŚŠŽ][\w.&'’-]*"
_NAME = rf"{_WORD}(?: (?:{_PARTICLE} ){{0,2}}{_WORD}){{1,3}}"
_HOUSE = rf"(?:The |the )?{_WORD}(?: (?:of |the |for )?{_WORD}){{0,5}}"
_PRESS_HOUSE = rf"(?:The |the )?(?:{_WORD} (?:of )?){{0,3}}{_PRESS}(?: (?:of )?{_WORD}){{0,3}}"
_RESERVED = r"(?i:[^|.:]*\b(?:reserv|riserv|rechte|rights|reproduc|riproduz))"
"""What is no name behind a sign of copyright."""
_HAN = r"[\u3400-\u9fff]"
_BY = r"(?:by|von|par|por|di|door|de|credit|courtesy of|via)"
_COLON = r"(?P<colon>[:©|/]|(?<=by)|(?<=von)|(?<=par)|(?<=por)|(?<=di)|(?<=door)|(?<=courtesy of))"
_LABELLED = re.compile(
    rf"(?:[|(\[/,;–—-] *|(?<=[.!?”\"’»)]) +|\A)(?P<label>(?i:{any_of('pictures', 'labels')}))(?: {_BY})? ?"
    rf"{_COLON} *(?P<credit>[^:()\[\]]{{2,80}}?)[)\]]?\.?\Z"
)
_AGENCY = re.compile(
    rf"(?:(?<=[.!?”\"’»)]) *|[|(–—-] *|\A)(?P<credit>[©] ?(?=[A-ZÀ-Þ\d])(?!{_RESERVED})[^|.:]{{3,60}}"
    rf"|{_AGENCIES}(?: Images)?/[^|:()]{{2,60}}|[A-ZÀ-Þ][\w.'’ -]{{2,40}}(?: ?/ ?|, | via ){_AGENCIES}"
    rf"(?: (?:via )?[A-ZÀ-Þ][\w ./]{{0,40}}|/[\w ./]{{1,40}})?|{_AGENCIES})[)\]]?\.? *\Z"
)
_BARRED = re.compile(
    rf"(?<=[.!?”\"’»)]) *[|] *(?P<credit>[A-ZÀ-Þ][A-ZÀ-Þ.'’ -]{{3,40}}(?:/[A-Z ]+)?)\Z"
    rf"|(?<=\w)\.? [|] (?P<agency>{_AGENCIES}(?: [Pp]hotos?)?)\Z"
)
"""A name in capitals behind a sentence and a bar, as Iberian outlets sign pictures; behind a title it is the outlet."""
_SIGNED = re.compile(
    rf"(?:(?:(?<=[.!?。।۔)]) |(?<=。))(?:[—–|/-] ?)?|[(\[（【] ?)(?P<credit>{_NAME} ?/ ?{_HOUSE}"
    rf"(?: ?/ ?{_HOUSE})*(?: \(CC BY[\w .-]*\))?"
    rf"|{_NAME}(?: for |, ){_PRESS_HOUSE}|(?:{_AGENCIES}|ABC(?: \w+){{1,2}}): ?{_NAME}"
    rf"|{_NAME} for [Tt]he {_WORD}(?: {_WORD}){{0,3}}"
    rf"|(?:[Cc]ourtesy(?: of)?|[Ii]mage via|[Pp]hoto via) (?:{_HOUSE}|[Tt]he {_WORD}(?: \w+){{1,3}})"
    rf"|{_HAN}{{0,8}}(?:记者|記者) ?{_HAN}{{2,4}} ?[摄攝]影?|[图圖] ?[/／] ?{_HAN}{{2,12}}"
    rf"|(?:{_AGENCIES}|[A-Z]{{2,5}}) (?:[Ff]ile |FILE )?(?:pic|PHOTO|[Pp]hoto)(?: ?[/:] ?{_WORD}(?: {_WORD}){{0,3}})?"
    rf"|{_SCREEN}(?: ?(?:[/:]|via|from) ?{_HOUSE})?|{_HOUSE} {_SCREEN}|{_SHARED}(?: ?/ ?{_HOUSE})?|{_FILED}"
    rf"|(?:{_LABEL} ?[:：=＝/]|[Ff]ot\.) ?[^:()\[\]]{{2,60}}|[Ss]ource ?: ?{_AGENCIES})[)\]）】]?\Z"
    rf"| *\((?P<sender>[^()]{{0,60}}\b{_SENDERS}[^()]{{0,30}})\)\.?\Z"
    rf"|(?<=[.!?”\"’»]) +(?P<named>(?:[A-ZÀ-Þ][\w.'’-]+ ){{1,5}}?{_AGENCIES}(?: Images)?)\Z"
)
_ALONE = re.compile(
    rf"[(\[]?(?P<credit>(?:[Cc]ourtesy of|[Ii]mage via|[Pp]hoto via|Staff photo by) {_HOUSE}(?: ?/ ?{_HOUSE})?|{_FILED}"
    rf"|{_SCREEN} (?:via|from) {_HOUSE}|{_NAME} ?/ ?(?:{_SHARED}|Getty[^()]*)(?: \(CC [^()]*\))?|{_SHARED})[)\]]?\Z"
)
_BEFORE = re.compile(
    rf"(?P<credit>(?:{_WORD}(?: {_WORD}){{0,3}} ?/ ?{_AGENCIES}|(?P<press>{_NAME} ?/ ?{_PRESS_HOUSE}))"
    r"(?:/(?:[Ff]ile|FILE|Pool|Staff))?) (?P<caption>(?!News|Poll)[A-Z].*)"
)
_TWO_HOUSES = re.compile(rf"(?:The |An? |[^/]*\b{_PRESS}\b)[^/]*/")
"""A poll of two houses ("Post/ABC") is no photographer's."""
_NAMED = re.compile(r"[a-zà-ÿ]|[^\W\d_]{4}|[^\W\da-zA-Z_]{2}")
"""What a name has, and initials of sources ("[MP SP / MP2 SP]") have not."""
_SIDES = re.compile(
    rf"{_WORD}(?:, | \()(?:top |bottom |second from |third from |far |at )?(?:left|right|center|centre)[,)]"
    r"(?! ?(?:and )?(?:left|right|cent))(?=\W*\Z|[,;)]? ?(?:and|with|of|at|in|on|from|or|,)\b"
    r"|[,;)]? ?(?!was\b|has\b|his\b|its\b|this\b)[a-z]+s\b)"
    r"|\A(?:From (?:the )?(?:left|top)|(?:Counter-?c|C)lockwise,? from)\b"
)
"""Who stands on which side of a picture: its caption says so in the first sentence."""
_SEAM = re.compile(r"(?<=[a-z0-9\"”)][.!?]) +(?=[A-Z])")
_BUTTON = re.compile(r"(?<=[.!?)\]]) More\Z|\ACLOSE (?=[A-ZÀ-Þ](?:[^A-ZÀ-Þ]))")
"""What a site writes on the button beside a caption."""
_INNER_LABEL = re.compile(rf".*\b(?:Credit|Image)\W+(?=\w)|\A{_LABEL} ?[:：=＝/] ?")
_INITIALS = re.compile(r"[a-zà-ÿ]{2,4}")
_GIVEN = frozenset(["courtesy", "provided", "handout", "contributed", "submitted", "permission"])
_HINTS = tuple(list_of("pictures", "hints"))
_SIGNATURE_STARTS = re.compile(r"[.!?。।۔)”\"’»] |[(\[（【。]")
_TAKEN = re.compile(r"[撮攝摄]影|[写寫]真|[資资]料|提供|[图圖]")
"""What an East Asian caption says of its picture; an agency's story may be signed as one."""
_SIDE_HINTS = ("left", "right", "cent", "top", "lockwise")
_TAIL = 140
_SHOWN_WORDS = 50
_SHORT_WORDS = 60
_MOST_WORDS = 120
"""What is longer than a short caption is one by a photographer with a house in brackets alone."""


def read_caption(text: str) -> Image | None:
    """Return caption and credit of a line that ends in a picture credit, or is one; None for other lines.

    An agency with a photographer ("REUTERS/A. Name/Pool") is the credit even where a label follows it. A stop behind a
    signature makes a sentence of it: such a line is none. One that says who stands left is.
    """
    bare = _BUTTON.sub("", text) if text.endswith(" More") or text.startswith("CLOSE ") else text
    return _read(bare) or (Image(caption=bare) if bare != text else None)


def _read(text: str) -> Image | None:
    words = len(text.split())
    if words > _MOST_WORDS:
        return None
    found = _signed_behind(text, words)
    if words > _SHORT_WORDS:
        return found
    before = _BEFORE.fullmatch(text) if "/" in text[:_TAIL] else None
    if before and not _TWO_HOUSES.match(before["press"] or ""):
        return Image(caption=before["caption"], credit=before["credit"])
    found = _labelled(text) or found
    may_tell = found is None and words <= _SHOWN_WORDS and _holds(text, _SIDE_HINTS)
    return Image(caption=text) if may_tell and _SIDES.search(_SEAM.split(text, 1)[0]) else found


def _holds(text: str, hints: tuple[str, ...]) -> bool:
    """Whether a text holds one of some words, sought in C: sooner than as a pattern's branches."""
    return any(map(text.__contains__, hints))


def _signed_behind(text: str, words: int) -> Image | None:
    if alone := _ALONE.match(text):
        return Image(credit=alone["credit"])
    is_ended, reach = text[-1] in ".!?:;,", max(0, len(text) - _TAIL)
    may_be = (not is_ended or text[-2:] == ").") and _SIGNATURE_STARTS.search(text, max(0, reach - 1))
    found = _SIGNED.search(text, reach) if may_be else None
    if found is None or (is_ended and not found["sender"]):
        return None
    credit = found["credit"] or found["sender"] or found["named"]
    is_bracketed = found[0].lstrip()[0] in "([" and "/" in credit
    if found["credit"] and (_TWO_HOUSES.match(credit) or not _NAMED.search(credit.partition("/")[0])):
        return None
    if words > _SHORT_WORDS and not is_bracketed:
        return None
    return _image(text, found, _INNER_LABEL.sub("", credit))


def _image(text: str, found: re.Match[str], credit: str) -> Image:
    caption = text[: found.start()].strip(" |([/–—-\u00a0")
    return Image(caption=caption or None, credit=credit.strip(" .|\u00a0") or None)


def _labelled(text: str) -> Image | None:
    """Return the caption of a line that bears a label, a copyright sign, or an agency with more than its name."""
    if len(text) >= 40 and not _holds(text[-_TAIL:].lower(), _HINTS):
        return None
    label = _LABELLED.search(text)
    label = label if label and _is_named(label) else None
    rest = text[: label.start()].rstrip(" |([\u00a0") if label else text
    agency = _AGENCY.search(rest)
    if agency and not label and _signs_copy(rest, agency):
        return None
    if agency and (label or agency["credit"][0] == "©" or "/" in agency["credit"] or agency[0] == rest):
        return _image(rest, agency, agency["credit"])
    if not label and (barred := _BARRED.search(text)):
        return _image(text, barred, barred["credit"] or barred["agency"])
    return Image(caption=rest or None, credit=label["credit"].strip(" .|\u00a0")) if label else None


def _is_named(label: re.Match[str]) -> bool:
    """Whether what follows a label is a name, and not told in words."""
    words = label["credit"].split()
    small = sum(word.isalpha() and word.islower() for word in words)
    is_told = len(words) > 3 and 2 * small > len(words) and _GIVEN.isdisjoint(words)
    is_begun = (label["colon"] and label["label"][:1].isupper()) or label["credit"].strip()[:1].isupper()
    return bool(is_begun) and not is_told


def _signs_copy(text: str, found: re.Match[str]) -> bool:
    """Whether agencies and a writer's initials alone sign a sentence in brackets, as its wire does ("(dpa/lhe)").

    Or behind a sign of copyright in Japanese and Chinese, where the line speaks of no picture.
    """
    if text.endswith("。(c)", 0, found.start()):
        return _TAKEN.search(text) is None
    houses = found["credit"].lstrip("© ").rstrip(").").split("/")
    return (
        text[found.start()] in "([（【"
        and text[: found.start()].rstrip()[-1:] in ("", *'.!?…"”»')
        and all(name_agency(house) or _INITIALS.fullmatch(house) for house in houses)
        and not any(re.fullmatch(_SENDERS, house) for house in houses)
    )
