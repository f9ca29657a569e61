"""copydesk rules: work on rule files."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from copydesk.flows.cli.options import MOST, Warehouse, settings_with
from copydesk.flows.report.visible import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from copydesk.flows.rules_test import Effect

app = typer.Typer(help="Try rule files before they are adopted.", no_args_is_help=True)

SHOWN_EFFECTS = 8
SHOWN_CHARS = 110


@app.callback()
def rules() -> None:
    """Work on rule files."""


@app.command("test")
def try_file(
    file: Annotated[Path, typer.Argument(help="A rule file (.toml) in the format of transforms/rules.")],
    warehouse: Warehouse = None,
    source: Annotated[str | None, typer.Option(help="Only articles of this source.")] = None,
    limit: Annotated[int | None, typer.Option(help="At most this many articles.", min=1, max=MOST)] = None,
) -> None:
    """Show what a rule file would newly take out and newly keep, with context. Writes nothing."""
    from rich.console import Console

    from copydesk.flows.rules_test import rules_test

    settings = settings_with(warehouse=warehouse)
    found = rules_test(file, settings=settings, source=source, limit=limit)
    console = Console(highlight=False, soft_wrap=True)
    console.print(f"{file}: its examples hold. {found.texts_count} texts read.", markup=False)
    _print(console.print, "newly taken out", found.removed)
    _print(console.print, "newly kept", found.kept)


def _print(tell: "object", title: str, effects: "Sequence[Effect]") -> None:
    from itertools import groupby

    def say(text: str) -> None:
        tell(visible(text), markup=False)  # type: ignore[operator]

    chars = sum(len(effect.text) for effect in effects)
    say(f"\n{title}: {len(effects)} paragraphs, {chars:,} characters")
    for rule_id, group in groupby(effects, key=lambda effect: effect.rule_id):
        found = list(group)
        say(f"  {rule_id}: {len(found)}")
        for effect in found[:SHOWN_EFFECTS]:
            say(f"    {effect.origin}")
            say(f"        {effect.above[-SHOWN_CHARS:]}")
            say(f"      > {effect.text[: 2 * SHOWN_CHARS]}")
            say(f"        {effect.below[:SHOWN_CHARS]}")
        if len(found) > SHOWN_EFFECTS:
            say(f"    and {len(found) - SHOWN_EFFECTS} more")
