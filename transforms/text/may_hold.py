"""Tell whether a text may hold characters of some scripts, by how these begin in UTF-8: sooner than a pattern does."""


def leads_of(*ranges: tuple[int, int]) -> tuple[bytes, ...]:
    """Return the first bytes of the characters of some ranges, both ends included."""
    firsts = {chr(point).encode()[0] for first, last in ranges for point in (*range(first, last, 64), last)}
    return tuple(bytes([first]) for first in sorted(firsts))


def may_hold(text: str, leads: tuple[bytes, ...]) -> bool:
    """Tell whether a text holds a character that begins so; of its range it need not be."""
    if text.isascii():
        return False
    written = text.encode("utf-8", "surrogatepass")
    return any(lead in written for lead in leads)
