"""copydesk clean: bodies and spans without a warehouse."""

import json
from pathlib import Path
from typing import Annotated

import typer

from copydesk.flows.cli.options import (
    Encoding,
    FileFormat,
    FollowLinks,
    Map,
    Timezone,
    read_map,
    settings_with,
)
from copydesk.flows.report.visible import visible


def clean(  # noqa: PLR0913, PLR0917 - each is an option of the command
    paths: Annotated[
        list[str], typer.Argument(help="Files, folders, addresses of pages or feeds; - is standard input.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a document, with spans.")] = False,
    rules: Annotated[list[Path] | None, typer.Option(help="Own rule file or folder, besides ours.")] = None,
    form: FileFormat = None,
    fields: Map = None,
    encoding: Encoding = None,
    timezone: Timezone = None,
    follow_links: FollowLinks = None,
) -> int:
    """Read, extract and clean; print the body, or with --json everything that was found.

    Spans count in code points of extracted_text. Ends with 1 when a document was no article, or none was there.
    """
    from copydesk.flows.clean import clean_paths
    from copydesk.flows.read.fields import FieldNotes

    settings = settings_with(
        rules=rules,
        encoding=encoding,
        timezone=timezone,
        follow_links=follow_links,
        format=form,
        fields=read_map(fields),
    )
    refused = seen = 0
    notes = FieldNotes()
    for record in clean_paths(paths, settings=settings, notes=notes):
        seen += 1
        is_refused = "body" not in record
        refused += is_refused
        if as_json:
            typer.echo(json.dumps(record, ensure_ascii=False))
        elif is_refused:
            line = f":{record['line']}" if record["line"] else ""
            told = f"copydesk: {record['origin']}{line}: {record['reason']}: {record['detail']}"
            typer.echo(visible(told), err=True)
        else:
            typer.echo(record["body"] + "\n")
    if not seen:
        told = "; ".join(notes.lines()) or "nothing there is read"
        typer.echo(visible(f"copydesk: no document in {' '.join(paths)}: {told}"), err=True)
    return int(refused > 0 or not seen)
