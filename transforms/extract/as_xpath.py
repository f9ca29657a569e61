"""Writes a selector as XPath: XPath itself, or simple CSS (tag, .class, #id, [attribute], descendants, children)."""

import re

from lxml import etree

_XPATH = ("/", "(", "./", "concat(", "string(", "substring", "normalize-space(")
_COMPOUND = re.compile(
    r"""(?P<tag>[a-zA-Z][\w-]*|\*)?(?P<rest>(?:\#[\w-]+|\.[\w-]+|\[[\w:-]+(?:[~*^]?=(?:"[^"]*"|'[^']*'|[\w-]+))?\])*)"""
)
_PART = re.compile(r"""\#([\w-]+)|\.([\w-]+)|\[([\w:-]+)(?:([~*^]?=)("[^"]*"|'[^']*'|[\w-]+))?\]""")
_COMBINATOR = re.compile(r"\s*>\s*|\s+")


def as_xpath(selector: str) -> str:
    """Return a selector as XPath, checked; raise ValueError for what is neither XPath nor simple CSS."""
    text = selector.strip()
    path = text if text.startswith(_XPATH) else _css(text)
    try:
        etree.XPath(path)
    except etree.XPathSyntaxError as error:
        raise ValueError(f"{selector!r} is no XPath: {error}") from None
    return path


def _css(text: str) -> str:
    return " | ".join(_path(part.strip()) for part in text.split(","))


def _path(text: str) -> str:
    first, *others = _COMBINATOR.split(text)
    path = "//" + _step(first, text)
    for sign, compound in zip(_COMBINATOR.findall(text), others, strict=True):
        path += ("/" if ">" in sign else "//") + _step(compound, text)
    return path


def _step(compound: str, whole: str) -> str:
    found = _COMPOUND.fullmatch(compound)
    if not compound or found is None:
        raise ValueError(
            f"{whole!r} is no simple CSS selector; write it as XPath, such as //div[@id='story']"
        )
    return (found["tag"] or "*") + "".join(map(_test, _PART.finditer(found["rest"])))


def _test(part: re.Match[str]) -> str:
    name, word, attribute, sign, value = part.groups()
    if name:
        return f"[@id='{name}']"
    if word:
        return f"[{_holds_word('@class', repr(word))}]"
    text = value if not value or value[0] in "\"'" else f"'{value}'"
    tests = {
        None: f"@{attribute}",
        "=": f"@{attribute}={text}",
        "*=": f"contains(@{attribute}, {text})",
        "^=": f"starts-with(@{attribute}, {text})",
        "~=": _holds_word(f"@{attribute}", str(text)),
    }
    return f"[{tests[sign]}]"


def _holds_word(attribute: str, text: str) -> str:
    return f"contains(concat(' ', normalize-space({attribute}), ' '), concat(' ', {text}, ' '))"
