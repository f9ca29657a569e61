"""Sentences of stories that only resemble an appeal, a prompt, a portrait or a caption: none may be lost."""

import json
import os
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from copydesk.flows.load_rules import load_rules
from copydesk.transforms.clean.clean import clean
from copydesk.transforms.records import Extracted

RULES = load_rules()
OURS = tomllib.loads(Path(__file__).with_name("innocents.toml").read_text(encoding="utf-8"))
SHARED = Path(os.environ.get("COPYDESK_SHARED", Path(__file__).parents[4] / "shared")) / "cases"
THEIRS = SHARED / "innocent_dev.json"


def _stories(case: dict[str, list[str]]) -> Iterator[tuple[str, list[str]]]:
    """Yield each sentence once in the midst of its story and once as its last line."""
    for sentence in case["sentences"]:
        yield sentence, [*case["before"], sentence, *case["after"]]
        yield sentence, [*case["before"], *case["after"], sentence]


def _lost(title: str, paragraphs: list[str]) -> list[str]:
    body = clean(Extracted("\n\n".join(paragraphs), "plain", title=title), rules=RULES).body
    return [paragraph for paragraph in paragraphs if paragraph not in body]


@pytest.mark.parametrize("language", OURS)
def test_our_innocents_stay(language: str) -> None:
    """No sentence of a story is lost for its likeness, neither in the midst nor at the end."""
    case = OURS[language]
    assert {s: lost for s, story in _stories(case) if (lost := _lost(case["title"], story))} == {}


@pytest.mark.skipif(not THEIRS.exists(), reason=f"no {THEIRS}: set COPYDESK_SHARED")
def test_shared_innocents_stay() -> None:
    """The same for sentences that others wrote, and for whole stories in several languages."""
    case = json.loads(THEIRS.read_text(encoding="utf-8"))
    found = {s: lost for s, story in _stories(case) if (lost := _lost(case["title"], story))}
    tails = {
        name: lost
        for name, tail in case["tails"].items()
        if (lost := _lost(tail["title"], tail["paragraphs"]))
    }
    assert (found, tails) == ({}, {})


COLUMN = [
    "We have lost our pier twice, and you will have heard the council say that it cannot be mended.",
    "I was a child when the first one went, and my father rowed us out to look at what was left.",
    "You can build with our own stone, and we would not need the county for it.",
    "What we need is somebody who signs the paper before the winter comes.",
]


@pytest.mark.parametrize(
    "portrait",
    [
        "Ada Brook is the president of the Ferrymen's Union.",
        "Rolf Aas, who lives above the quay, writes a monthly column for the Post.",
        "• Berit Lund, a retired pilot, is the author of “Low Water” and a fellow of the Harbour Institute.",
    ],
)
def test_portrait_below_a_column(portrait: str) -> None:
    """Who wrote it is told below a column that speaks to its readers; anywhere else such a sentence is the story's."""
    assert _lost("Mend the pier now", [*COLUMN, portrait]) == [portrait]
