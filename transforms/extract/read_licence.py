"""Read under which licence a page offers its article, where it says so in a machine's way."""

import re

from copydesk.transforms.page.load_json_ld import text_of
from copydesk.transforms.page.walk_page import Page

CREATIVE_COMMONS = re.compile(
    r"creativecommons\.org/(?:licenses|publicdomain)/([a-z-]+)(?:/(\d\.\d))?", re.IGNORECASE
)
PUBLIC_DOMAIN = {"zero": "CC0", "mark": "Public Domain Mark"}
LICENCE_LIMIT_CHARS = 200


def read_licence(page: Page) -> str | None:
    """Give "CC BY-SA 4.0" for Creative Commons, else the declared licence as it stands, or null."""
    # The licence of a picture is not that of the article.
    linked = (
        link.get("href")
        for link in page.tagged["a"]
        if "license" in (link.get("rel") or "") and next(link.iterancestors("figure"), None) is None
    )
    for claim in (
        text_of(page.json_ld.article.get("license")),
        *page.head.links.get("license", ()),
        *linked,
        page.head.first("dcterms.license", "dc.rights.license", "license"),
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
