"""The results of checks, in the forms that a prompt, a job's page and other programs read."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from enum import StrEnum

from flows.report.as_junit import as_junit
from flows.report.as_markdown import as_markdown
from flows.report.describe_result import headline, offender_lines, summary
from warehouse.check_result import CheckResult


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


def failing(results: Sequence[CheckResult], *, fail_on: FailOn) -> list[CheckResult]:
    """Return the broken laws that fail the build."""
    severities = {"error"} if fail_on is FailOn.ERROR else {"error", "warn"}
    return [result for result in results if not result.is_passed and result.severity in severities]


def format_results(results: Sequence[CheckResult], form: Format, *, fail_on: FailOn) -> str:
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


def _as_text(results: Sequence[CheckResult]) -> str:
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


def _as_json(results: Sequence[CheckResult]) -> str:
    """Return a JSON array: one object a check with the fields of CheckResult and `is_passed`."""
    rows = [asdict(result) | {"is_passed": result.is_passed} for result in results]
    return json.dumps(rows, indent=1, ensure_ascii=True) + "\n"


def _as_github(results: Sequence[CheckResult]) -> str:
    """Return an annotation a broken law, and a line of summary."""
    lines = [_annotation(result) for result in results if not result.is_passed]
    return "\n".join([*lines, summary(results), ""])


def _annotation(result: CheckResult) -> str:
    command = "error" if result.severity == "error" else "warning"
    text = "\n".join([f"{headline(result)}. {result.law}", *offender_lines(result)])
    return f"::{command} title={_escape(result.name)}::{_escape(text)}"


def _escape(text: str) -> str:
    """Escape what a workflow command reads as its own syntax."""
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return escaped.replace("::", ":%3A")
