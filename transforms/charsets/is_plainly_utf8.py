"""Tells whether bytes need no guess."""


def is_plainly_utf8(content: bytes) -> bool:
    """Return whether bytes are UTF-8 and hold none of the signs of wide or escaping encodings."""
    if b"\0" in content or b"\x1b$" in content:
        return False
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True
