"""Who says what: by the words beside a quotation alone, and nobody rather than somebody else."""

from datetime import UTC, datetime

import pyarrow as pa
import pytest

from copydesk.transforms.quotations.read_quotations import Quotation, read_quotations
from copydesk.transforms.stories.read_features import read_texts

SAID = "The wall holds, but we would rather be dull than brave"


def read(text: str, language: str = "en") -> list[Quotation]:
    articles = pa.table(
        {"title": [""], "body": [text], "language": [language], "seen_at": [datetime(2026, 3, 1, tzinfo=UTC)]}
    )
    (places,) = read_texts(articles)["quotations"].to_pylist()
    return read_quotations(text, language, places)


def speakers(text: str, language: str) -> list[str | None]:
    return [found.speaker for found in read(text, language)]


NAMED = {
    "said X": ("en", f"“{SAID},” said Noor Abadi, an engineer of the water board.", "Noor Abadi"),
    "X said": ("en", f'"{SAID}," engineer Noor Abadi said on Monday.', "Noor Abadi"),
    "X, aside, said": ("en", f"“{SAID},” Noor Abadi, who has built three of them, said.", "Noor Abadi"),
    "X said:": ("en", f"On Monday, Noor Abadi told reporters at the dam: “{SAID}.”", "Noor Abadi"),
    "X said it was": ("en", f"But Noor Abadi said it was “{SAID}” and left.", "Noor Abadi"),
    "title": ("en", f"“{SAID},” said House Majority Leader Noor Abadi (D-Quell).", "Noor Abadi"),
    "surname": ("en", f"Noor Abadi came.\n\n“{SAID},” Abadi said.", "Noor Abadi"),
    "surname with a title": ("en", f"“{SAID},” Mr. Abadi said.", "Abadi"),
    "according to": ("en", f"“{SAID},” according to Noor Abadi of the board.", "Noor Abadi"),
    "German": ("de", f"„{SAID}“, sagte der Sprecher Piet Lonnegan am Montag.", "Piet Lonnegan"),
    "German, so": ("de", f"»{SAID}«, so Ministerin Ida Brandt.", "Ida Brandt"),
    "German, von": ("de", f"„{SAID}“, sagte Ida Brandt von der Hafenbank.", "Ida Brandt"),
    "German, von der": ("de", f"„{SAID}“, sagte Ida von der Mark.", "Ida von der Mark"),
    "German, der": ("de", f"„{SAID}“, sagte Forscherin Ida Brandt der Zeitung.", "Ida Brandt"),
    "French": ("fr", f"« {SAID} », a déclaré Odile Strand, capitaine du port.", "Odile Strand"),
    "French, selon": ("fr", f"« {SAID} », selon Odile Strand.", "Odile Strand"),
    "Spanish": ("es", f"«{SAID}», dijo la alcaldesa Inés Robledo en la lonja.", "Inés Robledo"),
    "Italian": ("it", f"«{SAID}», ha detto il sindaco Carlo Venturi.", "Carlo Venturi"),
    "Portuguese": ("pt", f"“{SAID}”, afirmou a diretora Ana de Souza.", "Ana de Souza"),
    "Dutch": ("nl", f"“{SAID}”, zegt burgemeester Jan van der Berg.", "Jan van der Berg"),
}
NOBODY = {
    "somebody's spokesman": f"“{SAID},” a spokesman for Noor Abadi said.",
    "an office's spokesman": f"“{SAID},” a spokesman for the White House said.",
    "said somebody's spokesman": f"“{SAID},” said a spokesman for Noor Abadi.",
    "possessive": f"“{SAID},” Noor Abadi’s lawyer said.",
    "two": f"“{SAID},” Ida Brandt and Noor Abadi said.",
    "pronoun": f"Noor Abadi came late. “{SAID},” he said.",
    "finished sentence": f"“{SAID}.” Noor Abadi said that it rained.",
    "another sentence": f"Noor Abadi said no. “{SAID}.”",
    "word that is never a name": f"“{SAID},” Officials said.",
    "office alone": f"“{SAID},” said the Secretary of State Noor Abadi came with.",
    "next quotation's": f"“{SAID}!” Noor Abadi wrote: “It is over now.”",
    "other paragraph": f"Noor Abadi said:\n\n“{SAID}.”",
    "another language": f"“{SAID}”, dijo Noor Abadi.",
}


@pytest.mark.parametrize(("language", "text", "name"), NAMED.values(), ids=NAMED)
def test_who_is_stated_is_named(language: str, text: str, name: str) -> None:
    """A verb of saying with a name beside the marks, in seven languages; titles go, a surname takes its forename."""
    assert speakers(text, language) == [name]


@pytest.mark.parametrize("text", NOBODY.values(), ids=NOBODY)
def test_nobody_is_named_in_anothers_place(text: str) -> None:
    """Where the words beside do not state one person, there is no speaker."""
    assert speakers(text, "en")[0] is None


def test_a_speaker_goes_on() -> None:
    """What follows in the paragraph is the same speaker's, until another word comes between."""
    text = f"“{SAID},” said Noor Abadi. “We will see it in the spring again.” Ida Brandt laughed. “So will the rest of us here.”"
    assert speakers(text, "en") == ["Noor Abadi", "Noor Abadi", None]
    text = f"“{SAID},” Noor Abadi said. She added: “We will see it in the spring.”"
    assert speakers(text, "en") == ["Noor Abadi", "Noor Abadi"]


def test_short_and_open_quotations_are_left_out() -> None:
    """A word held at arm's length, a title, and a mark that its paragraph does not close are no quotations."""
    text = "The “so-called” dam of “The Long Wall” stood.\n\n“It was never closed in the paragraph\n\nand goes on."
    assert read(text) == []
    (said,) = read("“Never,” said Noor Abadi.")
    assert (said.text, said.speaker, said.evidence) == ("Never,", "Noor Abadi", "said Noor Abadi")
