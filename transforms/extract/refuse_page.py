"""Tell pages that stand in an article's place: errors, walls and riddles."""

import re

from copydesk.transforms.extract.unextractable import Unextractable, UnextractableReason
from copydesk.transforms.page.walk_page import Page

# An article about captchas or cookies is longer than the pages that ask for them.
WALL_LIMIT_WORDS = 120

PHRASES: dict[UnextractableReason, tuple[str, ...]] = {
    UnextractableReason.CAPTCHA: (
        r"(?:verify|confirm|prove|checking) (?:that |if )?you(?: a|')re (?:a |not a )?(?:robot|human)",
        r"are you a (?:robot|human)",
        r"i'?m not a robot",
        r"press (?:&|and) hold",
        r"unusual (?:traffic|activity) from your",
        r"checking your browser",
        r"attention required!? \| cloudflare",
        r"just a moment\.\.\.",
        r"enable javascript and cookies to continue",
        r"complete the (?:security check|captcha)",
        r"pardon our interruption",
        r"access (?:to this page has been )?denied",
        r"sind sie ein roboter",
        r"no soy un robot",
        r"je ne suis pas un robot",
    ),
    UnextractableReason.SOFT_404: (
        r"page (?:you \w+(?: \w+ for)? )?(?:was|could|can|does)? ?(?:not|no longer)(?: be)? (?:found|exist)",
        r"(?:error|fehler|erreur|errore?) 404\b",
        r"404(?: error|:? not found)",
        r"(?:can't|cannot|can’t|couldn't|couldn’t|could not) find (?:the|that|this) page",
        r"seite (?:wurde |konnte )?(?:leider )?nicht gefunden",
        r"page (?:introuvable|non trouvée)",
        r"página no (?:encontrada|existe)",
        r"página não (?:foi )?encontrada",
        r"pagina non trovata",
        r"pagina niet gevonden",
    ),
    UnextractableReason.LOGIN_WALL: (
        r"(?:log|sign) in (?:or (?:register|sign up|join) )?to (?:continue|read|view|access|see)",
        r"you must be (?:logged|signed) in",
        r"create (?:a free|an) account to (?:continue|read)",
        r"bitte (?:melden sie sich an|loggen sie sich ein)",
        r"connectez-vous pour (?:lire|continuer)",
        r"inicia sesión para (?:leer|continuar)",
        r"faça login para (?:ler|continuar)",
        r"accedi per (?:leggere|continuare)",
        r"log in om (?:te lezen|verder)",
    ),
    UnextractableReason.COOKIE_WALL: (
        r"(?:we|our partners|this (?:web)?site)(?: and our partners)? uses? cookies",
        r"accept (?:all )?cookies",
        r"before you continue to",
        r"zustimmen und weiter",
        r"mit werbung (?:und tracking )?(?:weiter)?lesen",
        r"werbefrei (?:lesen|nutzen)",
        r"accepter et continuer",
        r"aceptar y continuar",
        r"aceitar e continuar",
        r"accetta e continua",
        r"accepteer (?:alle )?cookies",
    ),
}
SIGNS = {reason: re.compile("|".join(phrases), re.IGNORECASE) for reason, phrases in PHRASES.items()}

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
