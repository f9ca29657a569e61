"""Words alone take no sentence of a story: what an agency signs, what others ask for, what a story announces."""

import pytest

from copydesk.flows.load_rules import load_rules
from copydesk.transforms.clean.clean import clean
from copydesk.transforms.records import Cleaned, Extracted

RULES = load_rules()
STORY = (
    "Ferry keeps its night crossing",
    "The harbour council voted on Tuesday night to keep the old island ferry running, against its own auditor.",
    "Councillor Ida Brandt said that the islanders had waited for that decision since the storm of last November.",
)


def cleaned(*lines: str) -> Cleaned:
    return clean(Extracted("\n\n".join(lines), "plain"), rules=RULES)


def has(found: Cleaned, line: str) -> bool:
    return line in found.body.split("\n")


@pytest.mark.parametrize(
    ("last", "pointer", "agency"),
    [
        ("The boat sails at six. (AP)", "Read more: Pier closes for good", "AP"),
        ("Das Boot fährt um sechs. (epd)", "Lesen Sie auch: Pier bleibt zu", "epd"),
        ("De boot vaart om zes uur. (ANP)", "Lees ook: Pier blijft dicht", "ANP"),
        ("Il battello parte alle sei (ANSA)", "Leggi anche: Il molo resta chiuso", "ANSA"),
    ],
)
def test_a_short_last_sentence_with_its_agency_stays(last: str, pointer: str, agency: str) -> None:
    """Above a link to another story stands the story's last line, and who sent it is known by it."""
    found = cleaned(*STORY, last, pointer)
    assert has(found, last)
    assert not has(found, pointer)
    assert found.readings.agency == agency


@pytest.mark.parametrize("last", ["No bread, then", "Serves six"])
def test_a_short_last_line_is_no_heading_of_the_link_below_it(last: str) -> None:
    """What heads a block of links is a rule's to know."""
    assert has(cleaned(*STORY, last, "Read more: Pier closes for good"), last)


@pytest.mark.parametrize(
    ("sign", "agency"),
    [("dpa/lno", "dpa"), ("AFP/Keystone", "AFP, Keystone"), ("Belga/Reuters", "Belga, Reuters")],
)
def test_what_agencies_sign_in_brackets_is_no_caption(sign: str, agency: str) -> None:
    """A wire and its region, or two wires, sign a paragraph; a photographer with a wire signs a picture."""
    line = f"The keel of the new boat is to be laid in March, if the county pays its part. ({sign})"
    for lines in ((*STORY, line), (*STORY[:2], line, STORY[2])):
        assert has(cleaned(*lines), line)
    assert cleaned(*STORY, line).readings.agency == agency
    picture = "The ferry leaves the harbour of Kelvar on Tuesday morning. (REUTERS/Ann Petrel)"
    assert not has(cleaned(*STORY[:2], picture, STORY[2]), picture)


def test_appeals_in_a_letter_to_the_editor_are_its_writers() -> None:
    """A letter asks in its writer's name; the outlet's own appeal below it goes."""
    asks = "Your donation keeps us and our ferry afloat, so please give what you can."
    letter = ("Letters: the ferry", "To the Editor:", "Your report on the ferry made me write.", asks)
    rest = "Without it the doctor will have to swim."
    assert has(cleaned(*letter, rest), asks)
    assert has(cleaned(*letter, "Ann Petrel"), asks)
    assert not has(cleaned(*STORY, asks), asks)
    assert not has(cleaned(*letter, rest, "Sign up for our newsletter"), "Sign up for our newsletter")


def test_what_a_leaflet_says_stays_with_it() -> None:
    """Words that a verb of saying and a colon announce are the story's; the same glued to a paragraph are not."""
    asks = "Become a member for £3 a month. Cancel at any time."
    told = f"The leaflet lay in every porch. It reads: Help us keep the ferry afloat. {asks}"
    assert has(cleaned(*STORY, told, "By Friday 410 people had joined."), told)
    glued = cleaned(*STORY, f"The leaflet lay in every porch by noon. {asks}")
    assert "Become a member" not in glued.body
    asked = "Sign up for our newsletter."
    assert has(cleaned(*STORY, "The sign on the new boat says in red letters:", asked, STORY[2]), asked)


@pytest.mark.parametrize(
    ("line", "stays"),
    [
        ("Follow the regatta on Facebook for the order of the boats.", True),
        ("Follow the pilot on Instagram for pictures of fog.", True),
        ("Follow Ann Petrel on Twitter: @annpetrel", False),
        ("Follow the Tide on Facebook, Twitter and Instagram.", False),
        ("subscribe to the fog,", True),
        ("开放时间:周一至周五上午九点到下午五点。", True),
        ("Pictured: a gull, a widow and, behind them, the old boat.", True),
        ("Pictured: The old boat at her mooring", False),
    ],
)
def test_single_lines_amid_a_story(line: str, stays: bool) -> None:  # noqa: FBT001 - a table's column
    """A line with more to say than the outlet's form of it has is the story's."""
    assert has(cleaned(*STORY[:2], line, STORY[2]), line) is stays


@pytest.mark.parametrize("count", [1, 2])
def test_a_paragraph_between_two_offers_of_letters_is_the_storys(count: int) -> None:
    """A box holds no whole sentence that speaks to nobody, whatever is offered above and below it."""
    between = (
        "The lamp at the point was out for three nights, and forty boats waited in the roads for the tide to turn.",
        "Nobody in the lower town had asked for a second crane.",
    )[:count]
    offers = (
        "Sign up to Harbour Light",
        "Sign up to our newsletter to get the latest news in your inbox every morning.",
    )
    found = cleaned(*STORY[:2], offers[0], *between, offers[1], STORY[2])
    assert all(has(found, line) for line in between)
    assert not has(found, offers[1])


def test_a_poll_amid_a_story_goes_with_the_line_that_gives_it_away() -> None:
    """Its question and answers are a poll's beside a button of one, and the story's anywhere else."""
    poll = ("Would you cross the new bridge by night?", "Yes", "No")
    found = cleaned(*STORY[:2], *poll, "View results", STORY[2])
    assert not any(has(found, line) for line in poll)
    assert all(has(cleaned(*STORY[:2], *poll, STORY[2]), line) for line in poll)


@pytest.mark.parametrize(("gap", "stays"), [("\n", False), ("\n\n", True)])
def test_a_line_that_no_empty_line_divides_from_a_leftover_goes_with_it(gap: str, *, stays: bool) -> None:
    """In a text whose paragraphs stand apart such a line is of the same box; below an empty line it is the story's."""
    box = f"Read more: Pier closes for good{gap}The winter of the herring fleet"
    text = "\n\n".join([*STORY[:2], box, STORY[2]])
    found = clean(Extracted(text, "plain"), rules=RULES)
    assert has(found, "The winter of the herring fleet") is stays


@pytest.mark.parametrize(
    "above",
    ["ADVERTISEMENT", "Article continues below", "Sign up for our daily newsletter", "Share this article"],
)
@pytest.mark.parametrize(
    "below",
    ["Sign up for our daily newsletter.", "Read more: Pier closes for good", "© 2024 The Harbour Ledger"],
)
@pytest.mark.parametrize("last", ["No arrests have been made.", "She was 84.", "Costs of £85 were ordered."])
def test_a_short_last_sentence_between_two_leftovers_stays(above: str, below: str, last: str) -> None:
    """A block takes lines whose words are an appeal's; what says nothing to readers may be how the story ends."""
    found = cleaned(*STORY, above, last, below)
    assert has(found, last)
    assert not has(found, below)


@pytest.mark.parametrize(
    ("link", "last", "tail"),
    [
        ("Read more: Pier closes for good", "Two community halls were opened for stranded sailors.", "Subscribe today for unlimited access."),
        ("Lesen Sie auch: Pier bleibt zu", "Die Mitglieder des Rudervereins sperrten die Zufahrt ab.", "© 2024 Hafenbote"),
        ("Lee también: El muelle cierra", "Las clases quedaron suspendidas en once barrios del puerto.", "Suscríbete a nuestro boletín."),
    ],
)  # fmt: skip
def test_the_last_paragraph_below_a_link_amid_the_story_stays(link: str, last: str, tail: str) -> None:
    """A link to another story stands in stories, so that it is no witness that the story has ended."""
    assert has(cleaned(*STORY, link, last, tail), last)


@pytest.mark.parametrize(
    "sign", ["(ANSA) - BELLUNO, 14 MAG - ", "(AP) — ", "(Reuters) - ", "(dpa) - ", "(Belga) ", "(EFE).- "]
)
def test_a_lead_that_names_its_agency_stays(sign: str) -> None:
    """An agency in brackets is a credit where it stands alone."""
    lead = (
        f"{sign}A landslide cut off the village of Cornedo on Tuesday and buried a stretch of its only road."
    )
    rest = ("Crews worked through the night.", "Two helicopters were sent from the valley.")
    assert "buried a stretch" in cleaned(lead, *rest).body
    assert not has(cleaned(*STORY, "(dpa)"), "(dpa)")


@pytest.mark.parametrize(
    "leftover", ["Tell us in the comments.", "© 2024 The Harbour Ledger.", "Comments are closed."]
)
def test_a_sentence_glued_behind_a_leftover_stays(leftover: str) -> None:
    """What shares a name with the story goes on telling it; better the leftover stays too."""
    glued = f"{leftover} The auditor will speak to the council of Councillor Brandt again in the spring of next year."
    assert glued in cleaned(STORY[0], STORY[1], glued, STORY[2]).body


@pytest.mark.parametrize(
    "line",
    [
        "The article appeared in the Ledger on Monday and named three officers.",
        "This report was published on Tuesday after eleven months and blamed the council.",
        "Copyright campaigners have accused the media group of taking the work of 4,000 authors.",
        "Copyright in the 1926 shanty has passed to a seamen's home.",
        "Want to get involved? Join the group outside the library on Saturday at ten.",
        "Have you ever waited two hours for somebody to tell us why the boat is late?",
        "Die Diskussion wurde nach drei Stunden beendet.",
    ],
)
def test_a_paragraph_that_opens_like_a_leftover_stays(line: str) -> None:
    """A rule says how its leftover ends, where its first words open stories too."""
    assert has(cleaned(*STORY[:2], line, STORY[2]), line)


@pytest.mark.parametrize(
    "mark", ["© RIPRODUZIONE RISERVATA", "©RIPRODUZIONE RISERVATA", "© Tous droits réservés"]
)
def test_a_mark_of_rights_behind_the_last_sentence_makes_no_caption_of_it(mark: str) -> None:
    """Whose picture it is stands behind such a sign, or nobody's."""
    last = "The works, at 400,000 crowns, never began."
    found = cleaned(*STORY, f"{last} {mark}", "Topics: Harbour")
    assert has(found, last)


STEPS = (
    "Never use your real name or photos",
    "Never use an email address or a password that you have used before",
)


def test_what_a_sentence_with_a_colon_lists_below_the_story_stays() -> None:
    """Steps of a guide speak to its reader as appeals do; without the sentence they are no list."""
    lines = [*STORY, "Whoever books the ferry on the new page should take these four precautions:", *STEPS]
    assert cleaned(*lines).body.split("\n\n")[-2:] == list(STEPS)
    assert not has(cleaned(*STORY, *STEPS), STEPS[1])


def test_a_line_that_breaks_off_amid_a_sentence_stays() -> None:
    """Its words are half of what it says, so that the model is not asked."""
    line = "Who wants to follow the news of Twitter and Facebook,"
    assert has(
        cleaned(*STORY[:2], line, "the council of Kelvar said, may read them in the library.", STORY[2]), line
    )


def test_a_closing_sentence_that_names_a_model_of_the_story_stays() -> None:
    """Three signs name it as longer words do, though a call to the reader stands behind it and an offer below."""
    told = (
        *STORY,
        "The yard at Wexmouth has built the first hull of the FX7 and will show the boat at the spring fair.",
    )
    last = (
        "With the FX7 now afloat, we should learn more about it very soon. Check back for the latest updates."
    )
    assert has(cleaned(*told, last, "Subscribe to the Ledger on YouTube for exclusive videos"), last)
