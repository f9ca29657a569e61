"""Read who signs a picture behind its caption, by forms that need no list of houses ("... pier. Ana Ruiz/The Tide")."""

import re

from copydesk.transforms.records import Image
from copydesk.transforms.text.words import any_of

_PARTICLE = r"(?:de|del|da|dos|van|von|der|den|la|le|el|al|bin)"
_WORD = r"[A-ZÀ-ÞŁŚŠŽ][\w.&'’-]*"
_NAME = rf"{_WORD}(?: (?:{_PARTICLE} ){{0,2}}{_WORD}){{1,3}}"
_HOUSE = rf"(?:The |the )?{_WORD}(?: (?:of |the |for )?{_WORD}){{0,5}}"
_CHINESE = (
    r"[\u3400-\u9fff]{0,8}(?:记者|記者) ?[\u3400-\u9fff]{2,4} ?[摄攝]影?|[图圖] ?[/／] ?[\u3400-\u9fff]{2,12}"
)
_PRESS = any_of("pictures", "press")
_PRESS_HOUSE = rf"(?:The |the )?(?:{_WORD} (?:of )?){{0,3}}{_PRESS}(?: (?:of )?{_WORD}){{0,3}}"
AGENCIES = any_of("pictures", "agencies")
"""Who signs pictures, as a pattern."""
_SHARED = any_of("pictures", "shared")
_SCREEN = r"[Ss]creen ?(?:shot|grab)s?"
_FILED = any_of("pictures", "filed")
_LABEL = any_of("pictures", "labels_short")
_BESIDE = (
    rf"{_NAME} ?/ ?{_HOUSE}(?: ?/ ?{_HOUSE})*(?: \(CC BY[\w .-]*\))?|{_NAME}(?: for |, ){_PRESS_HOUSE}"
    rf"|(?:{AGENCIES}|ABC(?: \w+){{1,2}}): ?{_NAME}|{_NAME} for [Tt]he {_WORD}(?: {_WORD}){{0,3}}"
    rf"|(?:[Cc]ourtesy(?: of)?|[Ii]mage via|[Pp]hoto via) (?:{_HOUSE}|[Tt]he {_WORD}(?: \w+){{1,3}})"
    rf"|{_CHINESE}"
    rf"|(?:{AGENCIES}|[A-Z]{{2,5}}) (?:[Ff]ile |FILE )?(?:pic|PHOTO|[Pp]hoto)(?: ?[/:] ?{_WORD}(?: {_WORD}){{0,3}})?"
    rf"|{_SCREEN}(?: ?(?:[/:]|via|from) ?{_HOUSE})?|{_HOUSE} {_SCREEN}|{_SHARED}(?: ?/ ?{_HOUSE})?|{_FILED}"
    rf"|(?:{_LABEL} ?[:：=＝/]|[Ff]ot\.) ?[^:()\[\]]{{2,60}}|[Ss]ource ?: ?{AGENCIES}"
)
_STOP = r"[.!?。)]"
_SIGNED = re.compile(
    rf"(?:(?:(?<={_STOP}) |(?<=。))(?:[—–|/-] ?)?|[(\[（【] ?)(?P<credit>{_BESIDE})[)\]）】]?\Z"
)
_ALONE = re.compile(
    rf"[(\[]?(?P<credit>(?:[Cc]ourtesy of|[Ii]mage via|[Pp]hoto via|Staff photo by) {_HOUSE}(?: ?/ ?{_HOUSE})?|{_FILED}"
    rf"|{_SCREEN} (?:via|from) {_HOUSE}|{_NAME} ?/ ?(?:{_SHARED}|Getty[^()]*)(?: \(CC [^()]*\))?|{_SHARED})[)\]]?\Z"
)
_BARRED = re.compile(rf"(?<=\w)\.? [|] (?P<credit>{AGENCIES}(?: [Pp]hotos?)?)\Z")
_FIRST = re.compile(
    rf"(?P<credit>{_NAME} ?/ ?(?:{AGENCIES}|{_PRESS_HOUSE})(?:/(?:[Ff]ile|FILE|Pool|Staff))?)"
    r" (?P<caption>(?!News|Poll)[A-Z].*)"
)
_TWO_HOUSES = re.compile(rf"(?:The |An? |[^/]*\b{_PRESS}\b)[^/]*/")
"""A poll of two houses ("Post/ABC") is no photographer's."""
_SIDES = re.compile(
    rf"{_WORD}(?:, | \()(?:top |bottom |second from |third from |far |at )?(?:left|right|center|centre)[,)]"
    r"(?! ?(?:and )?(?:left|right|cent))(?=\W*\Z|[,;)]? ?(?:and|with|of|at|in|on|from|or|,)\b"
    r"|[,;)]? ?(?!was\b|has\b|his\b|its\b|this\b)[a-z]+s\b)"
    r"|\A(?:From (?:the )?(?:left|top)|(?:Counter-?c|C)lockwise,? from)\b"
)
"""Who stands on which side of a picture: its caption says so in the first sentence."""
_SEAM = re.compile(r"(?<=[a-z0-9\"”)][.!?]) +(?=[A-Z])")
_SAID = re.compile(r"\b(?:said|says|told|asked|added)\b")
_LABELLED = re.compile(r".*\b(?:Credit|Image)\W+(?=\w)")
_TAIL = 80
_SHORT_WORDS = 50
_MOST_WORDS = 120
"""What is longer than a short caption is one by a photographer with a house in brackets alone."""


def read_signature(text: str) -> Image | None:
    """Return the caption of a line that a photographer with a house, an archive or a picture service signs.

    A stop behind the signature makes a sentence of it: such a line is none. One that says who stands left is.
    """
    words = len(text.split())
    if words <= _SHORT_WORDS and (before := _signed_before(text)):
        return before
    if words <= _SHORT_WORDS and _SIDES.search(_SEAM.split(text, 1)[0]) and not _SAID.search(text):
        return Image(caption=text)
    return None if text[-1:] in ".!?:;," or words > _MOST_WORDS else _signed_behind(text, words)


def _signed_before(text: str) -> Image | None:
    found = _FIRST.fullmatch(text) if "/" in text[:_TAIL] else None
    if found is None or _TWO_HOUSES.match(found["credit"]):
        return None
    return Image(caption=found["caption"], credit=found["credit"])


def _signed_behind(text: str, words: int) -> Image | None:
    if alone := _ALONE.match(text):
        return Image(credit=alone["credit"])
    start = max(0, len(text) - _TAIL)
    found = _SIGNED.search(text, start) or _BARRED.search(text, start)
    if found is None or _TWO_HOUSES.match(found["credit"]):
        return None
    if words > _SHORT_WORDS and not (text[found.start()] in "([" and "/" in found["credit"]):
        return None
    caption = text[: found.start()].rstrip(" |/—–-")
    return Image(caption=caption or None, credit=_LABELLED.sub("", found["credit"]))
