"""copydesk show: one article as a reader sees it, with what was taken out."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from copydesk.flows.cli.options import Warehouse, settings_with
from copydesk.flows.report.visible import visible
from copydesk.schemas.enums import SpanKind

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

Row = dict[str, Any]

COLOURS = {"ask": "red", "social": "blue", "links": "magenta", "rights": "yellow", "read": "green"}
"""As the report has them: by what a kind of boilerplate wants of the reader."""


def show(
    article: Annotated[str, typer.Argument(help="article_id (or its beginning), URL, own id or origin.")],
    warehouse: Warehouse = None,
) -> None:
    """Show an article: metadata, the text with what was removed struck through, revisions, copies, dates."""
    from rich.console import Console

    from copydesk.transforms.identify import other_names
    from copydesk.warehouse.connect import connect_reader
    from copydesk.warehouse.read_article import read_article

    settings = settings_with(warehouse=warehouse)
    with connect_reader(settings.place) as con:
        found = read_article(con, article, also=other_names(article))
    print_article(Console(highlight=False), found)


def print_article(console: "Console", found: dict[str, list[Row]]) -> None:
    """Print what `copydesk.warehouse.read_article` found."""
    latest = next(row for row in found["revisions"] if row["is_latest"])
    console.print(_facts(found["article"][0], latest, found))
    console.print(_text(latest, found["spans"]))
    console.print(_legend(found["spans"]))
    for part in (_revisions(found["revisions"]), _copies(found["copies"]), _dates(found["dates"])):
        if part is not None:
            console.print(part)


def _facts(article: Row, latest: Row, found: dict[str, list[Row]]) -> Any:
    from rich.table import Table
    from rich.text import Text

    images = "; ".join(
        f"{i['caption']} ({i['credit'] or 'no credit'})" for i in found["images"] if i["caption"]
    )
    story = "; ".join(f"{s['headline']} ({s['article_count']} articles)" for s in found["story"])
    facts = {
        "title": latest["title"],
        "dek": latest["dek"],
        "by": ", ".join(latest["authors"]),
        "publisher": latest["publisher"] or (latest["publisher_guess"] and f"{latest['publisher_guess']}?"),
        "agency": latest["agency"],
        "published": _published(latest),
        "language": latest["language"],
        "licence": latest["licence"],
        "picture": images,
        "story": story,
        "source": f"{article['source_id']}: {article['canonical_url'] or article['origin']}",
        "article": article["article_id"],
        "cleaned by": f"rules {latest['versions']['rules']}, {latest['versions']['extractor']}",
    }
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(style="bold")
    table.add_column()
    for name, value in facts.items():
        if value:
            table.add_row(name, Text(visible(str(value))))
    return table


def _published(latest: Row) -> str:
    if latest["published_at"] or latest["published_on"]:
        return f"{latest['published_at'] or latest['published_on']} ({latest['published_method']})"
    if latest["published_between_start_at"] or latest["published_between_end_at"]:
        ends = (latest["published_between_start_at"], latest["published_between_end_at"])
        return "not stated; between " + " and ".join(f"{end:%Y-%m-%d}" if end else "?" for end in ends)
    return "not stated"


def _text(latest: Row, spans: list[Row]) -> "Text":
    """Return the extracted text, put together again, with what left the body struck through."""
    from rich.text import Text

    from copydesk.transforms.span_rows import mark_text

    pieces = (
        (visible(piece.text), _style(piece.kind) if piece.kind else "") for piece in mark_text(latest, spans)
    )
    return Text.assemble("\n", *pieces, "\n")


def _style(kind: SpanKind) -> str:
    return "underline" if kind is SpanKind.DATELINE else f"strike {COLOURS[kind.group]}"


def _legend(spans: list[Row]) -> Any:
    from rich.table import Table
    from rich.text import Text

    table = Table(title="Taken out", title_justify="left", box=None, pad_edge=False)
    for name in ("kind", "action", "rule", "because"):
        table.add_column(name, header_style="bold")
    for span in spans:
        kind = Text(span["kind"], style=_style(SpanKind(span["kind"])).removeprefix("strike "))
        table.add_row(kind, span["action"], span["rule_id"], Text(visible(span["evidence"])[:80]))
    return table if spans else "Nothing was taken out."


def _revisions(revisions: list[Row]) -> str | None:
    if len(revisions) == 1:
        return None
    lines = [
        f"  {row['revision_number']}  seen {row['first_seen_at']:%Y-%m-%d %H:%M}"
        f" to {row['last_seen_at']:%Y-%m-%d %H:%M}"
        f"  {row['body_words']} words{'  (latest)' if row['is_latest'] else ''}"
        for row in revisions
    ]
    return "\nRevisions\n" + "\n".join(lines)


def _copies(copies: list[Row]) -> "Text | None":
    from rich.text import Text

    if not copies:
        return None
    lines = []
    for row in copies:
        lines.append(
            f"  {row['article_id']}  {row['relation']}  {row['site']}: {row['title'] or '(no title)'}"
        )
        lines.append(f"    {row['evidence']}")
        if row["differing_numbers"]:
            lines.append(f"    figures that only one of them has: {', '.join(row['differing_numbers'])}")
    return Text(visible("\nCopies\n" + "\n".join(lines)))


def _dates(dates: list[Row]) -> "Text | None":
    from rich.text import Text

    told = [row for row in dates if row["kind"] != "relative"]
    if not told:
        return None
    lines = [
        f"  {'*' if row['is_chosen'] else ' '} {row['value']}  {row['kind']} ({row['method']}): {row['reason']}"
        for row in told[:12]
    ]
    return Text(visible("\nDates (* chosen)\n" + "\n".join(lines)))
