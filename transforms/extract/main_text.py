"""Run trafilatura over a parsed page."""

from copy import copy
from typing import Any
from unicodedata import normalize

import trafilatura
from trafilatura.settings import Extractor

from transforms.extract.unextractable import Unextractable, UnextractableReason

TRAFILATURA = f"trafilatura {trafilatura.__version__}"


def main_text(root: Any) -> str:
    """Give the main text of a page, one paragraph a line, as trafilatura sees it; empty where it finds none.

    Comments are left out (that alone raised whole-page F1 by .011 on ft), tables stay. The tree is not
    changed. No deduplication: trafilatura's remembers lines from one page to the next, and a text must not
    depend on what was read before it.
    """
    options = Extractor(comments=False, tables=True, dedup=False, output_format="python")
    try:
        document = trafilatura.bare_extraction(copy(root), options=options)
    except RecursionError as error:
        raise Unextractable(
            UnextractableReason.TOO_DEEP, "nested beyond what the extractor follows"
        ) from error
    return "\n".join(lines_of(getattr(document, "text", None) or ""))


def lines_of(text: str) -> list[str]:
    """Give the non-empty lines of a text, in Unicode normal form C, white space folded at the edges."""
    return [line for raw in normalize("NFC", text).splitlines() if (line := raw.strip())]
