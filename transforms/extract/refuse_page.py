"""Tell pages that stand in an article's place: errors, walls and riddles."""

import re

from copydesk.transforms.extract.unextractable import Unextractable, UnextractableReason
from copydesk.transforms.page.walk_page import Page
from copydesk.transforms.text.words import any_of

# An article about captchas or cookies is longer than the pages that ask for them.
WALL_LIMIT_WORDS = 120

REFUSED = ("captcha", "soft_404", "login_wall", "cookie_wall")
SIGNS = {
    UnextractableReason(reason): re.compile(any_of("refusals", reason), re.IGNORECASE) for reason in REFUSED
}

ERROR_TITLE = re.compile(
    r"^\s*(?:error\b.{0,12})?(?:404\b|page not found|not found|seite nicht gefunden"
    r"|page introuvable|página no encontrada)",
    re.IGNORECASE,
)


def refuse_page(text: str, words: int, page: Page) -> None:
    """Raise `Unextractable` where there is no text, or a short one as an error page or a wall shows it."""
    head = page.head
    if not text.strip():
        raise Unextractable(UnextractableReason.NO_BODY, f"no text found; the title is {head.title[:80]!r}")
    if page.json_ld.article.get("headline") or words > WALL_LIMIT_WORDS:
        return
    if ERROR_TITLE.search(head.title):
        raise Unextractable(UnextractableReason.SOFT_404, f"the title is {head.title[:80]!r}")
    for reason, sign in SIGNS.items():
        match = sign.search(f"{head.title}\n{text}")
        if match:
            raise Unextractable(reason, f"{match[0]!r} in a text of {words} words")
