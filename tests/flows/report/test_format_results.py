"""Results are told in every form, and scraped text in them is inert."""

import json
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.flows.report.format_results import FailOn, Format, failing, format_results
from copydesk.flows.report.visible import HIDDEN, visible
from copydesk.warehouse.run_check import CheckResult

HOSTILE = "\x1b[31m<script>alert(1)</script>\u202eevil|`x`\n::error::%0A]]>"


def result(
    name: str, *, severity: str = "error", offenders: int = 0, problem: str | None = None
) -> CheckResult:
    shown = tuple({"id": str(n), "title": HOSTILE} for n in range(min(offenders, 20)))
    return CheckResult(name, "Titles are short.", severity, offenders, shown, 0.25, problem=problem)


RESULTS = [
    result("all_is_well"),
    result("broken", offenders=23),
    result("doubtful", severity="warn", offenders=1),
    result("stuck", problem="no such column"),
]


@pytest.mark.parametrize("form", Format, ids=str)
def test_every_form_names_what_is_broken(form: Format) -> None:
    """Every form names each broken law, its severity and its offenders' number."""
    text = format_results(RESULTS, form, fail_on=FailOn.ERROR)
    for name in ("broken", "doubtful", "stuck", "no such column", "23"):
        assert name in text


@pytest.mark.parametrize("form", [form for form in Format if form is not Format.JSON], ids=str)
@given(scraped=st.text(max_size=40))
def test_scraped_text_is_inert(form: Format, scraped: str) -> None:
    """No control, escape or bidi character of a page reaches a terminal, a log or a job's page."""
    bad = CheckResult("broken", "A law.", "error", 1, ({"title": scraped + HOSTILE},), 0.1)
    text = format_results([bad], form, fail_on=FailOn.ERROR)
    assert not HIDDEN.search(text.replace("\n", "")) or "\u200d" in text or "\u200c" in text
    assert form is not Format.JUNIT or ET.fromstring(text) is not None
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_json_is_whole() -> None:
    """JSON carries every field, and the offenders' text unchanged."""
    rows = json.loads(format_results(RESULTS, Format.JSON, fail_on=FailOn.ERROR))
    assert [row["is_passed"] for row in rows] == [True, False, False, False]
    assert rows[1]["offenders"][0]["title"] == HOSTILE


@pytest.mark.parametrize(("fail_on", "red"), [(FailOn.ERROR, 2), (FailOn.WARN, 3)])
def test_junit_is_red_where_the_build_fails(fail_on: FailOn, red: int) -> None:
    """JUnit parses, and its red cases are those that fail the build; a warning speaks in system-out."""
    suite = ET.fromstring(format_results(RESULTS, Format.JUNIT, fail_on=fail_on))
    assert len(suite.findall("testcase")) == len(RESULTS)
    assert len(suite.findall("testcase/failure")) + len(suite.findall("testcase/error")) == red
    assert int(suite.get("failures", "0")) + int(suite.get("errors", "0")) == red
    assert len(suite.findall("testcase/system-out")) == 3 - red
    assert len(failing(RESULTS, fail_on=fail_on)) == red


def test_github_annotation_is_one_line_a_check() -> None:
    """A title cannot end an annotation and begin another command."""
    lines = format_results(RESULTS, Format.GITHUB, fail_on=FailOn.ERROR).splitlines()
    assert len(lines) == 4
    assert [line.split(" ")[0] for line in lines[:3]] == ["::error", "::warning", "::error"]
    assert all(line.count("::") == 2 for line in lines[:3])


def test_markdown_table_keeps_its_columns() -> None:
    """A bar or markup in a title stays text."""
    text = format_results(RESULTS, Format.MARKDOWN, fail_on=FailOn.ERROR)
    row = next(line for line in text.splitlines() if line.startswith("| 0 "))
    assert row.replace("\\|", "").count("|") == 3
    assert "\\<script\\>" in row


@given(st.text())
def test_visible_text_hides_nothing(text: str) -> None:
    """What is written out holds no hidden character, save joiners between letters; plain text stays."""
    shown = visible(text)
    assert not HIDDEN.search(shown.replace("\u200c", "").replace("\u200d", ""))
    if not HIDDEN.search(text):
        assert shown == text
