"""Results for a prompt."""

from collections.abc import Sequence

from flows.report.results.describe import headline, offender_lines, summary
from warehouse.check_result import CheckResult


def as_text(results: Sequence[CheckResult]) -> str:
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
