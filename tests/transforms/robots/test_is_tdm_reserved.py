"""Rights reserved for text and data mining, in header and page."""

import pytest

from copydesk.transforms.robots.decide import is_tdm_reserved

CASES = {
    "header 1": ({"tdm-reservation": "1"}, b"", True),
    "header 0 over meta 1": ({"tdm-reservation": "0"}, b'<meta name="tdm-reservation" content="1">', False),
    "meta 1": ({}, b'<html><head><meta name="tdm-reservation" content="1">', True),
    "meta the other way round": ({}, b"<META content=1 name=TDM-Reservation>", True),
    "meta 0": ({}, b'<meta name="tdm-reservation" content="0">', False),
    "meta policy": ({}, b'<meta name="tdm-policy" content="1">', False),
    "a text about it": ({}, b"<p>tdm-reservation 1</p>", False),
    "nothing": ({}, b"<html>", False),
}


@pytest.mark.parametrize(("headers", "body", "is_reserved"), CASES.values(), ids=CASES)
def test_reservation(headers: dict[str, str], body: bytes, *, is_reserved: bool) -> None:
    """The header decides; where there is none, the meta element does."""
    assert is_tdm_reserved(headers, body) is is_reserved
