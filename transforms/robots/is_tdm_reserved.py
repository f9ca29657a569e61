"""Enters: headers and the start of a page. Leaves: whether its rights for text and data mining are reserved.

Source: the TDM Reservation Protocol of the W3C community group, header and meta element.
"""

import re
from collections.abc import Mapping

_META = re.compile(rb"<meta\s[^>]{0,400}tdm-reservation[^>]{0,400}>", re.IGNORECASE)
_ONE = re.compile(rb"content\s*=\s*[\"']?\s*1\b", re.IGNORECASE)
_NAME = re.compile(rb"name\s*=\s*[\"']?\s*tdm-reservation\b", re.IGNORECASE)
HEAD_BYTES = 256 * 1024


def is_tdm_reserved(headers: Mapping[str, str], body: bytes) -> bool:
    """Tell whether `tdm-reservation` is 1 in the header (lower-case names) or in a meta element of the head."""
    if (given := headers.get("tdm-reservation")) is not None:
        return given.strip().startswith("1")
    head = body[:HEAD_BYTES]
    if b"tdm-reservation" not in head.lower():
        return False
    return any(_NAME.search(tag) and _ONE.search(tag) for tag in _META.findall(head))
