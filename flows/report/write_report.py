"""Writes the report: a page that opens from disk without network, and a page an article beside it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from copydesk.flows.report.charts import draw_runs, place_dots, stack_days
from copydesk.flows.report.visible import visible
from copydesk.schemas.enums import STAYS_IN_BODY, SpanKind
from copydesk.transforms.span_rows import mark_text

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).parent / "templates"
Rows = Sequence[Mapping[str, Any]]


def write_report(
    found: Mapping[str, Rows], out: Path, *, since: datetime, now: datetime, warehouse: str
) -> Path:
    """Write the pages for what `copydesk.warehouse.read_report` found into a folder; return the first page's path.

    `warehouse` is how its readers know which deployment it is of.
    """
    environment = _environment()
    (out / "articles").mkdir(parents=True, exist_ok=True)
    pages = {row["article_id"]: f"articles/{row['article_id']}.html" for row in found["article_pages"]}
    groups = [*dict.fromkeys(kind.group for kind in SpanKind)]
    common = {"now": now, "since": since, "warehouse": warehouse, "groups": groups, "stays": STAYS_IN_BODY}
    index = environment.get_template("index.html").render(
        **common,
        **found,
        pages=pages,
        volume=stack_days(found["volume_by_day"]),
        run_chart=draw_runs(found["runs"]),
        timelines={row["story_id"]: place_dots(row["members"]) for row in found["stories"]},
    )
    (out / "index.html").write_text(index, "utf-8")
    page = environment.get_template("article.html")
    for row in found["article_pages"]:
        pieces = mark_text(row, row["spans"] or [])
        text = page.render(**common, article=row, pieces=pieces, pages=pages)
        (out / pages[row["article_id"]]).write_text(text, "utf-8")
    return out / "index.html"


def _environment() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        finalize=_finalize,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["link"] = _link
    environment.filters["number"] = lambda value: f"{value:,}"
    environment.filters["percent"] = lambda value: "–" if value is None else f"{100 * value:.0f} %"
    environment.filters["minute"] = lambda value: f"{value:%Y-%m-%d %H:%M}" if value else "–"
    return environment


def _finalize(value: Any) -> Any:
    """Make hidden characters of every plain text visible, whatever template it stands in; null is empty."""
    if value is None:
        return ""
    return visible(value) if type(value) is str else value


def _link(value: str | None) -> str:
    """Return an address that is safe to follow, or nothing: a scraped one may be javascript:."""
    return value if value and urlsplit(value).scheme in {"http", "https"} else ""
