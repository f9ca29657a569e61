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
FORMS = {
    "fr": ("« Le phare sera rallumé avant l’hiver »", "Odile Strand", """
        Q, a déclaré la maire de Valmont, N. | Q, a affirmé le ministre de la Pêche, N, lors d’une visite. | Q, reconnaît N.
        Q, s’inquiète N. | Q, se réjouit N, gardienne. | Q, d’après N. | N a reconnu : Q. | Q, observe le capitaine N.
        Q, détaille M. N. | Q, a-t-on appris auprès de N. -> | Pour N, Q. -> | Q, a dit la maire de Valmont, Paris. ->"""),
    "es": ("«El faro volverá a encenderse antes del invierno»", "Ana Rial", """
        Q, dijo la alcaldesa de Puerto Gris, N. | Q, ha dicho la portavoz del Gobierno, N, en rueda de prensa. | Q, recalcó N.
        Q, ha lamentado N. | Q, reconoció la concejala N. | N, alcaldesa de Puerto Gris, explicó: Q. | Q, de acuerdo con N.
        Q, denunció N en un comunicado. | Q, matizó el vecino. -> | Q, dijo el alcalde de Puerto Gris, Chile. ->"""),
    "it": ("«Il faro sarà riacceso prima dell’inverno»", "Anna Riva", """
        Q, ha detto la sindaca di Porto Grigio, N. | Q, ha dichiarato la ministra della Pesca, N, a margine. | Q, osserva N.
        Q, ha ribadito N. | Q, avverte l’assessora N. | Q, secondo N. | N ha spiegato: Q. | Q, scrive N su Facebook.
        Q, prosegue. ->"""),
    "pt": ("“O farol voltará a acender antes do inverno”", "Ana Lima", """
        Q, disse a prefeita de Porto Cinza, N. | Q, sublinhou a ministra da Pesca, N, à margem. | Q, de acordo com N.
        Q, frisou N. | Q, alertou a presidente da Câmara, N. | N afirmou: Q. | Q, conta a pescadora N, de 40 anos.
        Q, adiantou. ->"""),
    "nl": ("“De vuurtoren gaat voor de winter weer aan”", "Anna Vos", """
        Q, zegt de burgemeester van Grijshaven, N. | Q, aldus wethouder N van Grijshaven. | Q, waarschuwt N. | N zegt: Q.
        Q, legt N uit. | Q, zo stelt N. | Q, laat minister N weten. | Q, zei hij. ->"""),
}  # fmt: skip
"""Q the quotation, N who says it; behind an arrow nobody is named."""

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


@pytest.mark.parametrize("language", FORMS)
def test_the_forms_of_a_language_are_read(language: str) -> None:
    """Verbs and words for sources as its newspapers use them, offices with a name behind a comma, what follows a name."""
    said, name, forms = FORMS[language]
    for form in (each.strip() for line in forms.strip().splitlines() for each in line.split(" | ")):
        text, arrow, _ = form.partition(" ->")
        found = speakers(text.replace("Q", said, 1).replace("N", name, 1), language)
        assert found == [None if arrow else name], form


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
