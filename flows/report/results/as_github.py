"""Results as workflow commands, which GitHub shows as annotations of a job."""

from collections.abc import Sequence

from flows.report.results.describe import headline, offender_lines, summary
from warehouse.check_result import CheckResult


def as_github(results: Sequence[CheckResult]) -> str:
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
