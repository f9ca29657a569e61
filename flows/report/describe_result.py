"""Words that all forms of results share."""

from collections.abc import Sequence

from copydesk.flows.report.visible import visible
from copydesk.warehouse.check_result import CheckResult

CELL_CHARS = 160


def summary(results: Sequence[CheckResult]) -> str:
    """Return one line: how many laws hold, how many are broken."""
    broken = [result for result in results if not result.is_passed]
    errors = sum(result.severity == "error" for result in broken)
    seconds = sum(result.seconds for result in results)
    return (
        f"{len(results)} checks in {seconds:.1f} s: {len(results) - len(broken)} passed,"
        f" {errors} broken, {len(broken) - errors} to be looked at"
    )


def headline(result: CheckResult) -> str:
    """Return what came of a check in few words."""
    if result.problem is not None:
        return f"could not be made: {visible(result.problem)}"
    rows = "row" if result.offenders_count == 1 else "rows"
    return f"{result.offenders_count:,} {rows}"


def offender_lines(result: CheckResult) -> list[str]:
    """Return a line an offender, `column=value` by column, and one that says how many more there are."""
    lines = ["  ".join(f"{name}={shorten(value)}" for name, value in row.items()) for row in result.offenders]
    more = result.offenders_count - len(result.offenders)
    return [*lines, f"... and {more:,} more"] if more else lines


def shorten(value: str) -> str:
    """Return a value on one line, visible, and cut where it is long."""
    text = " ".join(visible(value).split())
    return text if len(text) <= CELL_CHARS else text[: CELL_CHARS - 1] + "…"
