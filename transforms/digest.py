"""The one way in which Copydesk makes identifiers."""

import hashlib

ID_CHARS = 20
"""80 bits: among 10^9 identifiers two alike are expected once in 2 million warehouses."""


def digest(*parts: str | None) -> str:
    """Return the identifier of some texts: 20 hex characters of SHA-256 over the parts, each with its length.

    The length before each part keeps ("ab", "c") and ("a", "bc") apart; None differs from the empty text.
    """
    state = hashlib.sha256()
    for part in parts:
        data = b"" if part is None else part.encode()
        state.update(f"{-1 if part is None else len(data)}:".encode())
        state.update(data)
    return state.hexdigest()[:ID_CHARS]
