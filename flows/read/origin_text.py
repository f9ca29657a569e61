"""Writes names of files as text: a name on disk is bytes, a column holds Unicode."""

import re

_STRANGE = re.compile("[\udc80-\udcff]")
_LOOKS_ESCAPED = re.compile(r"\\(?=(?:x5C)*x[89A-F][0-9A-F])")


def origin_text(name: str) -> str:
    r"""Return a file's name as text that UTF-8 holds: `name` is as the system gives it (os.fsdecode).

    A byte that is no UTF-8 becomes \xE9, a name that holds such characters itself \x5CxE9; all others stay as
    they are, so that no two names give one text.
    """
    escaped = _LOOKS_ESCAPED.sub(r"\\x5C", name)
    return _STRANGE.sub(lambda found: f"\\x{ord(found[0]) - 0xDC00:02X}", escaped)
