"""Whole articles of invented outlets in seven languages: each line of the story stays, the leftovers go.

In texts/ a line begins with = (story), - (leftover) or + (title, byline and the like: read, not body).
The wording of the leftovers was written without looking at the rules.
"""

from pathlib import Path

import pytest

from copydesk.flows.load_rules import load_rules
from copydesk.transforms.clean.clean import clean
from copydesk.transforms.records import Authors, Cleaned, Extracted

RULES = load_rules()
BYLINES = ("By ", "Von ", "Par ", "Por ", "di ", "Door ", "Marguerite", "Pia")
TEXTS = sorted((Path(__file__).parent / "texts").glob("*.txt"))
TOLERATED = {
    "Guter Lokaljournalismus kostet Geld. Das Talblatt gehört keinem Konzern, sondern seinen Leserinnen und Lesern.",
    "La última nevería vuelve a abrir",
}
"""Kept, because a lost sentence is worse: an appeal that addresses nobody, a lone teaser between two paragraphs."""


def _read(path: Path, separator: str) -> tuple[dict[str, list[str]], Cleaned]:
    rows = path.read_text(encoding="utf-8").splitlines()
    lines = {mark: [row[1:] for row in rows if row.startswith(mark)] for mark in "=-+"}
    return lines, clean(Extracted(separator.join(row[1:] for row in rows), "plain"), rules=RULES)


@pytest.mark.parametrize(
    "separator", ["\n\n", "\n", "  \n\n", "\r\n"], ids=["apart", "single", "trailing", "crlf"]
)
@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_story_stays_and_leftovers_go(path: Path, separator: str) -> None:
    """The body is the story, line by line, in any layout."""
    lines, cleaned = _read(path, separator)
    assert [line for line in cleaned.body.split("\n\n") if line not in TOLERATED] == lines["="]


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_title_and_author_are_read(path: Path) -> None:
    """Title and author come from the lines above the story, never from a breadcrumb."""
    lines, cleaned = _read(path, "\n\n")
    assert cleaned.readings.title == lines["+"][0]
    assert all(name in " ".join(lines["+"]) for name in cleaned.readings.authors)
    assert bool(cleaned.readings.authors) == any(line.startswith(BYLINES) for line in lines["+"])


FERRY = [
    "Ferrymen of Oland Sound met on Thursday to decide whether the night crossing should run again next winter.",
    "The crossing was given up when the harbour office counted eleven passengers in a month, its keeper Ida Berg said.",
]
UNKNOWN = [
    *(
        "Marsh hay",
        "Old lanterns",
        "Goose fair",
        "Tin roofs",
        "Bell rope",
        "Salt road",
        "Peat bog",
        "Wool tax",
    ),
    *("Reed cutters", "Ice house", "Cider press", "Plum harvest", "Stone bridge"),
]
BOX, FOOTER = "Nils Holm writes about ships.", "Sign up for our newsletter"


def _below(*lines: str) -> set[str]:
    """Which of the lines below the ferrymen's story go, in an article by Nils Holm."""
    cleaned = clean(
        Extracted("\n\n".join([*FERRY, *lines]), "plain", credited=Authors(("Nils Holm",))), rules=RULES
    )
    return set(lines) - set(cleaned.body.split("\n\n"))


def test_the_walk_up_from_the_end_passes_twelve_lines_of_unknown_meaning() -> None:
    """What stands above a dozen short lines that nothing explains is taken for the story's, and so are they."""
    assert _below(BOX, *UNKNOWN[:12], FOOTER) == {BOX, FOOTER}
    assert _below(BOX, *UNKNOWN[:13], FOOTER) == {FOOTER}


OF_ITSELF = (
    "The Fenmere Echo is a small paper of the marshes, which you will find each week at the mill, the bakery and the"
    " school, and which has been printed on the same press since the great flood, with a map of the lanes, a page of"
    " weddings, and the tides of the month, and a long letter from a reader who has moved to the other side of the"
    " world{}."
)
TO_READERS = "You can read more of it in the reading room and in the long hall and in the long{} hall."


@pytest.mark.parametrize(
    ("above", "longest", "longer"),
    [
        pytest.param("Thanks for reading the Fenmere Echo.", OF_ITSELF.format(""), OF_ITSELF.format(" over"), id="of itself"),
        pytest.param(FOOTER, TO_READERS.format(" and old"), TO_READERS.format(" and very old"), id="to its readers"),
    ],
)  # fmt: skip
def test_the_longer_a_line_the_less_it_is_the_outlets_own_speech(
    above: str, longest: str, longer: str
) -> None:
    """Of itself an outlet speaks in up to 70 words, to its readers in up to 22; a longer line may be the story's."""
    copyright_line = "© Fenmere Echo Ltd 2022"
    assert _below(above, longest, copyright_line) == {above, longest, copyright_line}
    assert _below(above, longer, copyright_line) == {above, copyright_line}
