"""A scraped title is no formula."""

import pytest

from copydesk.flows.cli.write_rows import guard_cell


@pytest.mark.parametrize("text", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "  =1"])
def test_formulas_are_guarded(text: str) -> None:
    """What a spreadsheet would run begins with an apostrophe."""
    assert guard_cell(text) == f"'{text}"


@pytest.mark.parametrize("value", ["A plain title", "", None, -3, 2.5, "a=b"])
def test_others_stay(value: object) -> None:
    """Plain text and numbers, negative ones too, stay as they are."""
    assert guard_cell(value) == value
