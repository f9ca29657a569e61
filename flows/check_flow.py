"""The check as a Prefect flow, for a schedule: a run that fails where a law is broken, and a page of results.

Import it after `prepare_prefect`. Serve it as any flow: `check_flow.serve("quality", cron="17 * * * *",
parameters={"warehouse": "warehouse/data"})`.
"""

from datetime import UTC, datetime
from pathlib import Path

from prefect import flow
from prefect.artifacts import create_markdown_artifact

from copydesk.flows.check_tables import check_tables
from copydesk.flows.report.format_results import FailOn, Format, failing, format_results
from copydesk.flows.settings import Settings
from copydesk.warehouse.store_results import store_results


class BrokenLawsError(RuntimeError):
    """The tables break a law; the names are in the message, the offenders in the artifact."""


@flow(name="check")
def check_flow(warehouse: str, fail_on: str = "error") -> int:
    """Check a warehouse, leave the results as the Markdown artifact `data-quality`, return how many were made.

    Raises BrokenLawsError where a law is broken that fails the build, which makes the run red.
    """
    settings, now, limit = Settings(warehouse=Path(warehouse)), datetime.now(UTC), FailOn(fail_on)
    results = check_tables(settings, now=now)
    store_results(settings.place, results, now=now)
    page = format_results(results, Format.MARKDOWN, fail_on=limit)
    create_markdown_artifact(page, key="data-quality", description="What `copydesk check` found.")
    broken = [result.name for result in failing(results, fail_on=limit)]
    if broken:
        raise BrokenLawsError(f"broken: {', '.join(broken)}")
    return len(results)
