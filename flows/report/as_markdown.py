"""Results as Markdown, for a job's page or a Prefect artifact."""

import re
from collections.abc import Sequence

from flows.report.describe_result import headline, shorten, summary
from warehouse.check_result import CheckResult

SPECIAL = re.compile(r"([\\`*_{}\[\]()#+!|<>~@&])")


def as_markdown(results: Sequence[CheckResult]) -> str:
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
        lines.append(f"| {_mark(result)} | `{result.name}` | {_escape(found)} | {_escape(result.law)} |")
    for result in ordered:
        if result.offenders:
            lines += ["", f"### `{result.name}`", "", *_table(result)]
    return "\n".join([*lines, ""])


def _mark(result: CheckResult) -> str:
    if result.is_passed:
        return "ok"
    return "**FAIL**" if result.severity == "error" else "warn"


def _table(result: CheckResult) -> list[str]:
    names = list(result.offenders[0])
    lines = [f"| {' | '.join(map(_escape, names))} |", "|---" * len(names) + "|"]
    lines += [f"| {' | '.join(_escape(row[name]) for name in names)} |" for row in result.offenders]
    more = result.offenders_count - len(result.offenders)
    return [*lines, "", f"… and {more:,} more"] if more else lines


def _escape(text: str) -> str:
    return SPECIAL.sub(r"\\\1", shorten(text))
