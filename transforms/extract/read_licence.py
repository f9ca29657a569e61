"""Read under which licence a page offers its article, where it says so in a machine's way."""

import re
from typing import Any

from lxml.etree import XPath

from transforms.extract.read_head import Head
from transforms.extract.read_json_ld import JsonLd, text_of

CREATIVE_COMMONS = re.compile(
    r"creativecommons\.org/(?:licenses|publicdomain)/([a-z-]+)(?:/(\d\.\d))?", re.IGNORECASE
)
PUBLIC_DOMAIN = {"zero": "CC0", "mark": "Public Domain Mark"}
# The licence of a picture is not that of the article.
LINKS_TO_LICENCES = XPath("//body//a[@href and contains(@rel, 'license') and not(ancestor::figure)]")
LICENCE_LIMIT_CHARS = 200


def read_licence(root: Any, head: Head, json_ld: JsonLd) -> str | None:
    """Give "CC BY-SA 4.0" for Creative Commons, else the declared licence as it stands, or null."""
    linked = [link.get("href") for link in LINKS_TO_LICENCES(root)]
    for claim in (
        text_of(json_ld.article.get("license")),
        *head.links.get("license", ()),
        *linked,
        head.first("dcterms.license", "dc.rights.license", "license"),
    ):
        if claim and len(claim) <= LICENCE_LIMIT_CHARS:
            return name_of_licence(claim)
    return None


def name_of_licence(claim: str) -> str:
    """Translate the address of a Creative Commons licence into its short name."""
    match = CREATIVE_COMMONS.search(claim)
    if match is None:
        return claim
    code = match[1].lower()
    name = PUBLIC_DOMAIN.get(code) or f"CC {code.upper()}"
    return f"{name} {match[2]}" if match[2] else name
