"""copydesk search: find articles by their words."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from copydesk.flows.cli.options import MOST, Warehouse, day_option, settings_with
from copydesk.flows.report.visible import visible

if TYPE_CHECKING:
    from rich.text import Text

    from copydesk.warehouse.search.search import Hit


def search(  # noqa: PLR0913, PLR0917 - each is an option of the command
    words: Annotated[list[str], typer.Argument(help='Words, "a phrase", -without, either OR other, begin*.')],
    warehouse: Warehouse = None,
    source: Annotated[str | None, typer.Option(help="Only of this source or site.")] = None,
    language: Annotated[str | None, typer.Option(help="Only in this language, as in en.")] = None,
    since: Annotated[datetime | None, day_option("Published on this day or later.")] = None,
    until: Annotated[datetime | None, day_option("Published before this day.")] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, max=MOST, help="How many, best first.")] = 10,
    ids: Annotated[bool, typer.Option("--ids", help="Print article_ids only, one a line.")] = False,
) -> None:
    """Find articles by words of title and body; the index follows the tables by itself.

    Accents and case don't count. A phrase in quotes needs quotes of the shell around it: '"tide clock"'.
    """
    from copydesk.warehouse.connect import connect_reader
    from copydesk.warehouse.search.find_articles import find_articles
    from copydesk.warehouse.search.search import Narrowing

    place = settings_with(warehouse=warehouse).place
    narrowing = Narrowing(source, since and since.date(), until and until.date(), language)
    with connect_reader(place) as con:
        found = find_articles(con, place, " ".join(words), narrowing=narrowing, limit=limit)
    for note in found.notes:
        typer.echo(f"note: {note}", err=True)
    if ids:
        typer.echo("".join(f"{hit.article_id}\n" for hit in found.hits), nl=False)
        return
    _print(found.hits)


def _print(hits: "list[Hit]") -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, soft_wrap=True)
    for hit in hits:
        console.print(Text(visible(hit.title or "(no title)"), style="bold"))
        facts = f"{visible(hit.site)}  {hit.published_on or 'no date'}  {hit.article_id}"
        console.print(Text(facts, style="dim"))
        console.print(_snippet(visible(" ".join(hit.snippet.split()))))
        console.print()
    if not hits:
        typer.echo("nothing found", err=True)


def _snippet(text: str) -> "Text":
    from rich.text import Text

    shown = Text()
    for n, part in enumerate(text.replace("]", "[").split("[")):
        shown.append(part, style="bold yellow" if n % 2 else "")
    return shown
