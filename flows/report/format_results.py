"""The results of checks, in the forms that a prompt, a job's page and other programs read."""

import json
import re
from dataclasses import asdict
from enum import StrEnum
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from copydesk.flows.report.visible import visible

if TYPE_CHECKING:  # it loads DuckDB and Arrow, which the prompt's help does not need
    from collections.abc import Sequence

    from copydesk.warehouse.run_check import CheckResult

CELL_CHARS = 160


class FailOn(StrEnum):
    """From which severity on a broken law fails the build."""

    ERROR = "error"
    WARN = "warn"


class Format(StrEnum):
    """How results are written."""

    TEXT = "text"
    JUNIT = "junit"
    MARKDOWN = "markdown"
    JSON = "json"
    GITHUB = "github"


def failing(results: "Sequence[CheckResult]", *, fail_on: FailOn) -> "list[CheckResult]":
    """Return the broken laws that fail the build."""
    severities = {"error"} if fail_on is FailOn.ERROR else {"error", "warn"}
    return [result for result in results if not result.is_passed and result.severity in severities]


def format_results(results: "Sequence[CheckResult]", form: Format, *, fail_on: FailOn) -> str:
    """Return the results in a form; JUnit knows only red and green, and marks red what fails the build."""
    match form:
        case Format.JUNIT:
            return as_junit(results, failing=failing(results, fail_on=fail_on))
        case Format.MARKDOWN:
            return as_markdown(results)
        case Format.JSON:
            return _as_json(results)
        case Format.GITHUB:
            return _as_github(results)
        case Format.TEXT:
            return _as_text(results)


def _as_text(results: "Sequence[CheckResult]") -> str:
    """Return a line a check, and below a broken one its law and its offenders."""
    lines: list[str] = []
    for result in results:
        if result.is_passed:
            lines.append(f"ok    {result.name}" + (f"  ({result.note})" if result.note else ""))
            continue
        word = "FAIL" if result.severity == "error" else "warn"
        threshold = "" if result.threshold is None else f" (threshold {result.threshold:g})"
        lines += [f"{word}  {result.name}: {headline(result)}", f"      {result.law}{threshold}"]
        lines += [f"        {line}" for line in offender_lines(result)]
    return "\n".join([*lines, "", summary(results), ""])


def _as_json(results: "Sequence[CheckResult]") -> str:
    """Return a JSON array: one object a check with the fields of CheckResult and `is_passed`."""
    rows = [asdict(result) | {"is_passed": result.is_passed} for result in results]
    return json.dumps(rows, indent=1, ensure_ascii=True) + "\n"


def _as_github(results: "Sequence[CheckResult]") -> str:
    """Return an annotation a broken law, and a line of summary."""
    lines = [_annotation(result) for result in results if not result.is_passed]
    return "\n".join([*lines, summary(results), ""])


def _annotation(result: "CheckResult") -> str:
    command = "error" if result.severity == "error" else "warning"
    text = "\n".join([f"{headline(result)}. {result.law}", *offender_lines(result)])
    return f"::{command} title={_escape(result.name)}::{_escape(text)}"


def _escape(text: str) -> str:
    """Escape what a workflow command reads as its own syntax."""
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return escaped.replace("::", ":%3A")


def as_junit(results: "Sequence[CheckResult]", *, failing: "Sequence[CheckResult]") -> str:
    """Return one test case a check; broken laws that do not fail the build speak in system-out."""
    suite = ET.Element(
        "testsuite",
        name="copydesk check",
        tests=str(len(results)),
        failures=str(sum(result.problem is None for result in failing)),
        errors=str(sum(result.problem is not None for result in failing)),
        time=f"{sum(result.seconds for result in results):.3f}",
    )
    for result in results:
        case = ET.SubElement(
            suite, "testcase", classname="copydesk.check", name=result.name, time=f"{result.seconds:.3f}"
        )
        if not result.is_passed:
            _describe(case, result, is_failing=result in failing)
    ET.indent(suite)
    return ET.tostring(suite, encoding="unicode", xml_declaration=True) + "\n"


def _describe(case: ET.Element, result: "CheckResult", *, is_failing: bool) -> None:
    text = "\n".join([result.law, *offender_lines(result)])
    if not is_failing:
        ET.SubElement(case, "system-out").text = f"warning: {headline(result)}\n{text}"
        return
    kind = "error" if result.problem else "failure"
    ET.SubElement(case, kind, message=headline(result), type=result.severity).text = text


SPECIAL = re.compile(r"([\\`*_{}\[\]()#+!|<>~@&])")


def as_markdown(results: "Sequence[CheckResult]") -> str:
    """Return a table of all checks, broken ones first, and the offenders of each broken one."""
    ordered = sorted(results, key=lambda result: (result.is_passed, result.severity, result.name))
    lines = [
        "## Data quality",
        "",
        f"{summary(results)}.",
        "",
        "| | check | found | law |",
        "|---|---|---|---|",
    ]
    for result in ordered:
        found = "" if result.is_passed else headline(result)
        lines.append(f"| {_mark(result)} | `{result.name}` | {_plain(found)} | {_plain(result.law)} |")
    for result in ordered:
        if result.offenders:
            lines += ["", f"### `{result.name}`", "", *_table(result)]
    return "\n".join([*lines, ""])


def _mark(result: "CheckResult") -> str:
    if result.is_passed:
        return "ok"
    return "**FAIL**" if result.severity == "error" else "warn"


def _table(result: "CheckResult") -> list[str]:
    names = list(result.offenders[0])
    lines = [f"| {' | '.join(map(_plain, names))} |", "|---" * len(names) + "|"]
    lines += [f"| {' | '.join(_plain(row[name]) for name in names)} |" for row in result.offenders]
    more = result.offenders_count - len(result.offenders)
    return [*lines, "", f"… and {more:,} more"] if more else lines


def _plain(text: str) -> str:
    return SPECIAL.sub(r"\\\1", shorten(text))


def summary(results: "Sequence[CheckResult]") -> str:
    """Return one line: how many laws hold, how many are broken."""
    broken = [result for result in results if not result.is_passed]
    errors = sum(result.severity == "error" for result in broken)
    seconds = sum(result.seconds for result in results)
    return (
        f"{len(results)} checks in {seconds:.1f} s: {len(results) - len(broken)} passed,"
        f" {errors} broken, {len(broken) - errors} to be looked at"
    )


def headline(result: "CheckResult") -> str:
    """Return what came of a check in few words."""
    if result.problem is not None:
        return f"could not be made: {visible(result.problem)}"
    rows = "row" if result.offenders_count == 1 else "rows"
    return f"{result.offenders_count:,} {rows}"


def offender_lines(result: "CheckResult") -> list[str]:
    """Return a line an offender, `column=value` by column, and one that says how many more there are."""
    lines = ["  ".join(f"{name}={shorten(value)}" for name, value in row.items()) for row in result.offenders]
    more = result.offenders_count - len(result.offenders)
    return [*lines, f"... and {more:,} more"] if more else lines


def shorten(value: str) -> str:
    """Return a value on one line, visible, and cut where it is long."""
    text = " ".join(visible(value).split())
    return text if len(text) <= CELL_CHARS else text[: CELL_CHARS - 1] + "…"
