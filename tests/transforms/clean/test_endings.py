"""How a text without a page ends tells how much of the piece it is, and letters may be written as two signs."""

from unicodedata import normalize

import pytest
from hypothesis import given, settings

from copydesk.flows.load_rules import load_rules
from copydesk.schemas.enums import Completeness
from copydesk.transforms.clean.clean import clean
from copydesk.transforms.records import Cleaned, Extracted
from copydesk.transforms.span_rows import restore
from tests.transforms.clean.test_laws import TEXTS

RULES = load_rules()
STORY = (
    "The harbour council voted on Tuesday night to keep the old island ferry running, against its own auditor.",
    "Councillor Ida Brandt said that the islanders had waited for that decision since the storm of last November.",
)


def cleaned(text: str) -> Cleaned:
    return clean(Extracted(text, "plain"), rules=RULES)


@pytest.mark.parametrize(
    ("last", "completeness"),
    [
        ("Subscribe to continue reading.", "teaser"),
        ("To continue reading, please log in or register.", "teaser"),
        ("Jetzt weiterlesen mit Hafen Plus", "teaser"),
        ("Il vous reste 70 % de cet article à lire. La suite est réservée aux abonnés.", "teaser"),
        ("Contenido exclusivo para suscriptores", "teaser"),
        ("この記事は有料会員限定です", "teaser"),
        ("Continue reading", "truncated"),
        ("The new boat will cost […]", "truncated"),
        ("Subscribe from £3 a week.", "full"),
        ("Sign up for our daily email and read the best of the harbour.", "full"),
        ("Subscribers can read the minutes in the library.", "full"),
        ("“We will go on …” she said.", "full"),
        ("Read more: The pier closes", "full"),
    ],
)
def test_walls_and_cuts(last: str, completeness: str) -> None:
    """A short text that ends in a wall is a teaser, one that breaks off is cut; offers and prose change nothing."""
    assert cleaned("\n\n".join([*STORY, last])).readings.completeness == completeness
    assert cleaned("\n\n".join([*STORY * 15, last])).readings.completeness == Completeness.FULL


def test_a_press_release_keeps_what_it_says_of_its_sender() -> None:
    """Whom the press may ask and who sent it leaves; who the sender is was written by him."""
    about = "Tide Robotics builds machines for harbours and employs 140 people in Wexley."
    tail = ("Media Contact:", "Joel Petrel", "press@tide.example", "SOURCE Tide Robotics")
    assert cleaned("\n\n".join([*STORY, about, *tail])).body.split("\n\n") == [*STORY, about]


@pytest.mark.parametrize(
    "last",
    [
        "The post The ferry stays appeared first on Tide Post.",
        "Der Beitrag Die Fähre bleibt erschien zuerst auf Hafenblatt.",
        "Abonniere jetzt, um weiterzulesen und auf das gesamte Archiv zuzugreifen.",
        "Son dakika haberlerini kaçırmamak için Liman Postası'nı Google Haberler'de takip edin.",
    ],
)
def test_a_story_behind_a_platforms_phrase_stays(last: str) -> None:
    """Alone such a line leaves and says nothing of the piece's completeness; a story's sentence behind it stays."""
    alone, glued = cleaned("\n\n".join([*STORY, last])), cleaned("\n\n".join([*STORY, f"{last} {STORY[0]}"]))
    assert (alone.body.split("\n\n"), alone.readings.completeness) == ([*STORY], "full")
    assert glued.body.endswith(STORY[0])


DECOMPOSED = """Le port de Sète rouvre après la tempête

Par Hélène Bérard

Publié le 4 août 2020 à 08h12

SÈTE (AFP) - Le port de Sète a rouvert mardi, a annoncé la mairie. Abonnez-vous à notre newsletter pour ne rien manquer.

La mairie a précisé que les réparations coûteront près de deux millions d'euros à la région.

À lire aussi : Un été à la criée
"""


def test_decomposed_letters() -> None:
    """A text whose accents stand behind their letters is cleaned as one whose letters have them, and stays as it is."""
    text = normalize("NFD", DECOMPOSED)
    one, two = cleaned(DECOMPOSED), cleaned(text)
    assert [span.rule_id for span in two.spans] == [span.rule_id for span in one.spans]
    assert len(one.spans) == 6
    assert (two.body, two.readings.title) == (
        normalize("NFD", one.body),
        normalize("NFD", one.readings.title or ""),
    )


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_decomposed_texts(text: str) -> None:
    """Of any decomposed text, body, spans and layout give it back."""
    text = normalize("NFD", text)
    found = cleaned(text)
    texts = [text[span.start_char : span.end_char] for span in found.spans]
    assert restore(found.body, found.spans, texts, found.layout) == text


def test_a_text_that_counts_its_rest_is_cut() -> None:
    """What stands in the place of a text's rest leaves it, and the text is said to be cut."""
    text = "The ferry to Skerry sails again from Monday, said its owner, who had its engine mended in Brackwater and the"
    found = clean(Extracted(f"{text}… [+1804 chars]", "plain"), rules=load_rules())
    assert (found.body, found.readings.completeness) == (f"{text}…", Completeness.TRUNCATED)
