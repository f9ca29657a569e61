"""Writes a text as SQL, where it cannot be bound: the options of an attach, comments, lists of files."""


def quoted(text: str) -> str:
    """Return a text as SQL."""
    return "'" + text.replace("'", "''") + "'"
