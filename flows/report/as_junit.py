"""Results as JUnit XML, which most build servers show."""

from collections.abc import Sequence
from xml.etree import ElementTree as ET

from flows.report.describe_result import headline, offender_lines
from warehouse.check_result import CheckResult


def as_junit(results: Sequence[CheckResult], *, failing: Sequence[CheckResult]) -> str:
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


def _describe(case: ET.Element, result: CheckResult, *, is_failing: bool) -> None:
    text = "\n".join([result.law, *offender_lines(result)])
    if not is_failing:
        ET.SubElement(case, "system-out").text = f"warning: {headline(result)}\n{text}"
        return
    kind = "error" if result.problem else "failure"
    ET.SubElement(case, kind, message=headline(result), type=result.severity).text = text
