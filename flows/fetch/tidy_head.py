"""Enters: the head of an answer that breaks the letter of HTTP. Leaves: the same as browsers understand it.

What says where the body ends is never guessed: lengths that are none or differ, and codings that nobody asked for,
stay as they are and are refused.
"""

import re

_END = re.compile(rb"\n\r?\n")
_STATUS = re.compile(rb"HTTP/(\d)(?:\.(\d))?[ \t]+(\d{3})(?![^ \t])[ \t]*(.*)", re.IGNORECASE)
_NAME = re.compile(rb"[-!#$%&'*+.^_`|~0-9A-Za-z]+")
_NO_TEXT = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")


def tidy_head(raw: bytes) -> bytes | None:
    """Rewrite the head, leaving what follows it as it is; null where it is not whole or no answer.

    Lines that are no field (no colon, a name with foreign characters) are left out, spaces before a colon too;
    control characters become spaces; folded lines are joined; `identity` and a second `chunked` say nothing new.
    """
    end = _END.search(raw)
    if end is None:
        return None
    first, *lines = (line.rstrip(b"\r") for line in raw[: end.start()].split(b"\n"))
    status = _STATUS.fullmatch(first)
    if status is None:
        return None
    version = b"%b.%b" % (status[1], status[2] or b"1")
    fields = [b"HTTP/%b %b %b" % (version, status[3], _plain(status[4]))]
    seen_codings: set[bytes] = set()
    for name, value in _fields(lines):
        key = name.lower()
        if key == b"transfer-encoding":
            codings = [word.strip() for word in value.lower().split(b",")]
            value = b", ".join(w for w in codings if w not in {b"", b"identity"} | seen_codings)  # noqa: PLW2901
            seen_codings.add(b"chunked")
        if value or key not in {b"transfer-encoding", b"content-length"}:
            fields.append(name + b": " + value)
    return b"\r\n".join(fields) + b"\r\n\r\n" + raw[end.end() :]


def _fields(lines: list[bytes]) -> list[tuple[bytes, bytes]]:
    fields: list[tuple[bytes, bytes]] = []
    for line in _unfolded(lines):
        name, colon, value = line.partition(b":")
        if colon and _NAME.fullmatch(name.rstrip(b" \t")):
            fields.append((name.rstrip(b" \t"), _plain(value)))
    return fields


def _unfolded(lines: list[bytes]) -> list[bytes]:
    whole: list[bytes] = []
    for line in lines:
        if whole and line.startswith((b" ", b"\t")):
            whole[-1] += b" " + line.strip(b" \t")
        else:
            whole.append(line)
    return whole


def _plain(value: bytes) -> bytes:
    return _NO_TEXT.sub(b" ", value).strip(b" \t")
