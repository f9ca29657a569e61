"""The results of checks, in the forms that a prompt, a job's page and other programs read."""

from collections.abc import Callable, Sequence
from enum import StrEnum

from flows.report.results.as_github import as_github
from flows.report.results.as_json import as_json
from flows.report.results.as_junit import as_junit
from flows.report.results.as_markdown import as_markdown
from flows.report.results.as_text import as_text
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


FORMATS: dict[Format, Callable[[Sequence[CheckResult]], str]] = {
    Format.TEXT: as_text,
    Format.MARKDOWN: as_markdown,
    Format.JSON: as_json,
    Format.GITHUB: as_github,
}
"""The forms that do not depend on what fails the build."""


def failing(results: Sequence[CheckResult], *, fail_on: FailOn) -> list[CheckResult]:
    """Return the broken laws that fail the build."""
    severities = {"error"} if fail_on is FailOn.ERROR else {"error", "warn"}
    return [result for result in results if not result.is_passed and result.severity in severities]


def format_results(results: Sequence[CheckResult], form: Format, *, fail_on: FailOn) -> str:
    """Return the results in a form; JUnit knows only red and green, and marks red what fails the build."""
    if form is Format.JUNIT:
        return as_junit(results, failing=failing(results, fail_on=fail_on))
    return FORMATS[form](results)
