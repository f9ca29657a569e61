"""Read who wrote an article: people only, each once, in the order of the page."""

import re
from html import unescape
from typing import Any

from lxml.etree import XPath

from transforms.extract.read_head import Head
from transforms.extract.read_json_ld import JsonLd, as_list, types_of

META_NAMES = (
    "author",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "byl",
    "citation_author",
)
BYLINE_CLASS = re.compile(r"(?:^|[\s_-])(?:by-?line|author)(?:[\s_-]?names?)?(?:$|[\s_-])", re.IGNORECASE)
BYLINE_CANDIDATES: Any = XPath(
    "//body//*[contains(@class, 'uthor') or contains(@class, 'yline') or contains(@itemprop, 'author')]"
)
LINKS_TO_AUTHORS: Any = XPath("//body//a[contains(@rel, 'author')]")
BYLINE_LIMIT_CHARS = 150
AUTHOR_LIMIT = 20

LEAD_IN = re.compile(
    r"^(?:(?:written|reported|story|text|words|article|analysis|opinion|posted|reviewed)\s+)?"
    r"(?:by|von|par|por|di|door|av|af|przez|text|texte|texto|testo|tekst|autor(?:in|es|a)?|auteur|autore|author)"
    r"\s*[:\s]\s*",
    re.IGNORECASE,
)
TAGS = re.compile(r"<[^<>]*>")
ADDRESS = re.compile(r"\S+@\S+|@\w+|https?://\S+|www\.\S+")
BRACKET = re.compile(r"[(\[{][^()\[\]{}]*[)\]}]")
AND = r"and|und|et|y|e|en|og|och|oraz|i"
BETWEEN = re.compile(
    rf"\s*[;|/&\u2022\u00b7\n]\s*|\s+(?:{AND})\s+|\s*,\s*(?:(?:{AND})\s+)?|\s+with\s+", re.IGNORECASE
)
ROLE_WORD = re.compile(
    r"\b(?:editor|editors|reporter|correspondent|writer|columnist|contributor|journalist|producer|staff|desk|bureau|team"
    r"|newsroom|editorial|chief|senior|associate|assistant|special|political|freelance|photographer|analyst|admin"
    r"|administrator|webmaster|redaktion|redakteurin?|korrespondent(?:in)?|autorin|chefredakteur(?:in)?|r[eé]daction"
    r"|r[eé]dactrice|r[eé]dacteur|journaliste|redacci[oó]n|redactor[ae]?|corresponsal|reda[cç][aã]o|rep[oó]rter"
    r"|redazione|giornalista|redactie|verslaggever|redactioneel|agency|agencies|agentur|agencia|agence|press|news"
    r"|media|magazine|times|online|newspaper|tv|radio|network|wire|service|services|reuters|afp|dpa|ap|efe|ansa|unknown"
    r"|guest|user|anonymous|updated|published|posted|photo|photos|images|getty)\b",
    re.IGNORECASE,
)
NAME = re.compile(r"^[^\W\d_][\w.'\u2019`\u00b7-]*(?:\s+[^\W\d_][\w.'\u2019`\u00b7-]*){0,5}$")
PARTICLES = frozenset(
    "al ap bin bint da das de del della den der di do dos du el ibn la le ten ter van von y zu".split()  # noqa: SIM905
)


def read_authors(root: Any, head: Head, json_ld: JsonLd, *, publisher: str | None) -> tuple[str, ...]:
    """Give the people whom the page names as authors: in JSON-LD, else meta tags, rel=author, or a byline."""
    # Ordered by trust; the walk over the page is not even begun where its head says enough.
    declared = clean_authors(_from_json_ld(json_ld), publisher=publisher)
    return (
        declared
        or clean_authors(_from_metas(head), publisher=publisher)
        or clean_authors(_from_page(root), publisher=publisher)
    )


def clean_authors(raw: list[str], *, publisher: str | None) -> tuple[str, ...]:
    """Split and clean author strings: no "By", role, agency, publisher or address; each person once."""
    names: dict[str, str] = {}
    for text in raw:
        for name in _split(text):
            key = name.casefold()
            if publisher and (key in publisher.casefold() or publisher.casefold() in key):
                continue
            names.setdefault(key, name)
    return tuple(names.values())[:AUTHOR_LIMIT]


def _split(text: str) -> list[str]:
    text = ADDRESS.sub(" ", BRACKET.sub(" ", TAGS.sub(" ", unescape(text))))
    text = LEAD_IN.sub("", " ".join(text.split()))
    surname_first = re.fullmatch(r"([^\W\d_][\w'\u2019-]+), ([^\W\d_][\w'\u2019.-]+(?: [^\W\d_]\.?)?)", text)
    if surname_first:
        return [name] if _is_person(name := f"{surname_first[2]} {surname_first[1]}") else []
    parts = (LEAD_IN.sub("", part.strip(" .,;:-\u2013\u2014|*")) for part in BETWEEN.split(text))
    return [_capitalised(part) for part in parts if _is_person(part)]


def _is_person(name: str) -> bool:
    """Whether a string looks like a person's name: two to six words, capitalised or particles, no role."""
    if not NAME.match(name) or ROLE_WORD.search(name) or not 4 <= len(name) <= 60:
        return _is_short_cjk(name)
    words = name.split()
    if len(words) == 1:
        return False
    return name.islower() or all(not word[0].islower() or word.casefold() in PARTICLES for word in words)


def _is_short_cjk(name: str) -> bool:
    return 2 <= len(name) <= 10 and all(
        "\u3040" <= char <= "\u30ff" or "\u3400" <= char <= "\u9fff" or char in " \u30fb" for char in name
    )


def _capitalised(name: str) -> str:
    if not (name.islower() or name.isupper()):
        return name
    return " ".join(word.lower() if word.casefold() in PARTICLES else word.title() for word in name.split())


def _from_json_ld(json_ld: JsonLd) -> list[str]:
    names: list[str] = []
    for author in as_list(json_ld.article.get("author")) or as_list(json_ld.article.get("creator")):
        if isinstance(author, str):
            names.append(author)
        elif isinstance(author, dict) and "organization" not in " ".join(types_of(author)):
            named = [name for name in as_list(author.get("name")) if isinstance(name, str)]
            given, family = author.get("givenName"), author.get("familyName")
            if not named and isinstance(given, str) and isinstance(family, str):
                named = [f"{given} {family}"]
            names.extend(named or _referred(author, json_ld))
    return names


def _referred(author: dict[str, Any], json_ld: JsonLd) -> list[str]:
    """Follow an author that is only an @id to its node in the graph."""
    reference = author.get("@id")
    return [
        node["name"]
        for node in json_ld.nodes
        if reference
        and node.get("@id") == reference
        and "person" in types_of(node)
        and isinstance(node.get("name"), str)
    ]


def _from_metas(head: Head) -> list[str]:
    for name in META_NAMES:
        values = [value for value in head.metas.get(name, ()) if not value.startswith(("http", "www."))]
        if values:
            return values
    return []


def _from_page(root: Any) -> list[str]:
    """Give the text of the links with rel=author, else of the first element that calls itself a byline."""
    linked = [_short_text(link) for link in LINKS_TO_AUTHORS(root)]
    if clean_authors(linked, publisher=None):
        return linked
    for element in BYLINE_CANDIDATES(root):
        if BYLINE_CLASS.search(f"{element.get('class') or ''} {element.get('itemprop') or ''}"):
            text = _short_text(element)
            if text and clean_authors([text], publisher=None):
                return [text]
    return []


def _short_text(element: Any) -> str:
    text = " ".join(" ".join(element.itertext()).split())
    return text if len(text) <= BYLINE_LIMIT_CHARS else ""
