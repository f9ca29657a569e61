"""Where the sample lies, and how its tests read it."""

import json
import re
from pathlib import Path

import lxml.html
import pytest

SEEDS = Path(__file__).parents[2] / "seeds"
ARTICLES = SEEDS / "articles"
GOLD = json.loads((SEEDS / "gold.json").read_text(encoding="utf-8"))
TEXTS = [pytest.param(text, id=text["file"]) for text in GOLD["texts"]]
PAGES = [pytest.param(page, id=page["file"]) for page in GOLD["pages"]]


def read(file: str) -> str:
    """Give the characters of an article of the sample, line ends untouched."""
    return (ARTICLES / file).read_bytes().decode("utf-8")


def rows() -> list[dict]:
    """Give the rows of the wire."""
    return [json.loads(line) for line in read("wire.jsonl").splitlines()]


def plain(text: str) -> str:
    """Give `text` with one space for every run of white space and straight quotes, to look sentences up in."""
    return " ".join(text.replace("’", "'").split())


def prose(file: str) -> str:
    """Give a file's article as a generous reader would copy it: all paragraphs, with what stands between them."""
    text = read(file)
    return (
        "\n".join(p.text_content() for p in lxml.html.fromstring(text).iter("p")) if "<html" in text else text
    )


def shingles(text: str) -> set[tuple[str, ...]]:
    """Give the runs of five words of `text`."""
    words = re.findall(r"\w+", plain(text).lower())
    return set(zip(*(words[shift:] for shift in range(5)), strict=False))
