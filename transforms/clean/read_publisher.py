"""Read the publisher from the lines in which an outlet speaks of itself."""

import re

from copydesk.transforms.text.words import words_of

_ARTICLE = r"(?:(?:The|Der|Die|Das|De|Le|La|El|Il|O|A)\s|L['’])"
_PART = r"(?:of|the|and|&|de|del|des|di|da|der|van|[A-ZÀ-Þ][\w'’&.-]*)"
_NAME = rf"(?P<name>{_ARTICLE}?[A-ZÀ-Þ][\w'’&.-]*(?:\s{_PART}){{0,4}})"
_IS = (
    r"(?:is|are) (?:powered|funded|supported|sustained|paid for|made possible|reader-"
    r"|an? (?:\w+[ -]){0,3}(?:nonprofit|non-profit|newsroom|not-for-profit|reader-|independent|member))"
)
_YEARS = r"(?:\d{4}(?:\s?[-–]\s?\d{4})?,?\s)?"
_SELF = (
    rf"\A{_NAME} {_IS}",
    rf"\A(?:Please )?(?:[Ss]upport|[Bb]ecome a member of|[Jj]oin) {_NAME}(?=[.!,]| today| now|\Z)",
    rf"\A(?:©|\(c\)|Copyright ©?)\s?{_YEARS}{_NAME}(?=[.,|]|\s[-–|]|\s\d{{4}}|\Z| All rights)",
    rf"\A{_NAME} (?:ist|wird) (?:ein(?:e)? )?(?:gemeinnützig|unabhängig|werbefrei|leserfinanziert)",
    rf"\A{_NAME} est un(?:e)? (?:média|journal|site) (?:indépendant|à but non lucratif|associatif)",
)
_PATTERNS = tuple(re.compile(source) for source in _SELF)
_ARTICLES = frozenset({"The"})
_NO_HOUSE = frozenset(
    ["riproduzione", "reproduction", "reproducción", "derechos", "direitos", "vietata", "rights"]
)
_NOT_NAMES = words_of("openings", "ourselves")


def read_publisher(text: str) -> str | None:
    """Return the name under which an appeal, imprint or copyright line speaks of its outlet, or None."""
    for pattern in _PATTERNS:
        found = pattern.search(text)
        if found is None:
            continue
        name = " ".join(found["name"].split()).rstrip(".,’'")
        first, _, rest = name.partition(" ")
        if (
            len(name) > 2
            and first.casefold() not in _NO_HOUSE
            and (first not in _NOT_NAMES or (first in _ARTICLES and rest))
        ):
            return name
    return None
