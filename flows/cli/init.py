"""copydesk init: a folder of one's own."""

from pathlib import Path
from typing import Annotated

import typer

from copydesk.flows.cli.hint import called_as

FILES = {
    "sources.toml": """\
# The source list: `copydesk ingest` reads every source in it that is enabled.
# `copydesk sources add https://paper.example` writes one; `copydesk sources test ID` shows what it would bring.
# All fields: docs/sources.md of copydesk.

[[source]]
id = "articles"
kind = "folder"
path = "articles"
""",
    ".env": """\
# Settings of copydesk, read from the folder in which it is called; an option on the command line goes first.
COPYDESK_SOURCES=sources.toml
COPYDESK_WAREHOUSE=data
# An address or page where the owners of sites reach you: it stands in every request.
COPYDESK_CONTACT=
# COPYDESK_TIMEZONE=Europe/Berlin
# COPYDESK_SITES=sites.toml
""",
    ".gitignore": "data/\n.env.local\n",
    "articles/.gitkeep": "",
    "README.md": """\
# A news desk

Files in `articles/` (.txt .html .json .csv .parquet .eml ...) and the sources of `sources.toml` go into `data/`:

    copydesk ingest
    copydesk sql "select title, publisher, published_on from articles_latest"
    copydesk check

`copydesk sources add URL` adds a site, `copydesk report` writes pages to read, `copydesk --help` lists the rest.
Settings stand in `.env`. The workflow in `.github/` checks the tables after each push.
""",
    ".github/workflows/check.yml": """\
name: check
on: [push, workflow_dispatch]
jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with: {python-version: "3.11"}
      - run: pip install copydesk
      - run: copydesk ingest
      - run: copydesk check
""",
}
"""What a folder begins with; nothing that stands there is overwritten."""


def init(
    folder: Annotated[Path, typer.Argument(help="The folder; made where there is none.")] = Path(),
) -> None:
    """Begin a folder of your own: a source list, settings, a place for articles, a workflow that checks."""
    for name, text in FILES.items():
        path = folder / name
        if path.exists():
            typer.echo(f"  kept     {path}")
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        typer.echo(f"  written  {path}")
    where = "" if folder.resolve() == Path.cwd() else f"cd {folder} && "
    typer.echo(f"\nPut articles into {folder / 'articles'}, then: {where}{called_as()} ingest")
