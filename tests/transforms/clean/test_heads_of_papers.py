"""Heads as papers write them: order of title and standfirst, roles and houses, agencies, boxes amid the story."""

import pytest
from harbour_story import STORY, TITLE

from copydesk.flows.load_rules import load_rules
from copydesk.transforms.clean.clean import clean
from copydesk.transforms.records import Cleaned, Extracted

RULES = load_rules()


def cleaned(*lines: str) -> Cleaned:
    return clean(Extracted("\n\n".join(lines), "plain"), rules=RULES)


def test_an_author_of_whom_only_the_portrait_tells_is_one() -> None:
    """What the last lines say of somebody by the whole name is a portrait, not the story."""
    found = cleaned(TITLE, "Ann Petrel", "Opinion columnist", *STORY, "Ann Petrel is an opinion columnist.")
    assert (found.readings.authors, found.body.split("\n\n")) == (("Ann Petrel",), STORY)


def test_a_name_with_house_place_and_agency_below_it() -> None:
    """Between a name with its house and the story other credits may stand."""
    found = cleaned(TITLE, "Ann Petrel", "BBC News, Wexley", "PA Media", *STORY)
    assert (found.readings.title, found.readings.authors) == (TITLE, ("Ann Petrel",))
    assert found.readings.agency == "PA Media"


@pytest.mark.parametrize(
    "line", ["Il y a 2 heures", "vor 3 Stunden", "4 hours ago", "Время чтения: 2 минуты"]
)
def test_how_long_ago_and_how_long_to_read_is_no_standfirst(line: str) -> None:
    """A line that tells a time alone is read as one."""
    found = cleaned(TITLE, "By Ann Petrel", line, *STORY)
    assert (found.readings.dek, found.body.split("\n\n")) == (None, STORY)


@pytest.mark.parametrize(
    "line",
    [
        "- Published",
        "Publié le • Mis à jour le",
        "Agencia del Puerto Publicado: lunes, 4 marzo 2024 11:31 Actualizado: lunes, 4 marzo 2024 13:02 @puerto",
        "Published by: Rina Sahay Updated Fri, 30 Aug 2024 02:15 PM IST",
        "송고시간2024-09-03 10:21",
        "2024年06月11日08:52 | 来源：港口网 小字号",
    ],
)
def test_what_is_left_of_dates_is_no_paragraph(line: str) -> None:
    """Labels whose dates went elsewhere, and a time with whom it comes from, leave the head."""
    assert cleaned(TITLE, line, *STORY).body.split("\n\n") == STORY


@pytest.mark.parametrize(
    ("lines", "agency"),
    [
        (("Puerto Alto, 4 mar (EFE).- El barco de la isla sale a las seis de la mañana.",), "EFE"),
        (("ПЕТРОЗАВОДСК, 4 марта. /ТАСС/. Последний паром ушёл во вторник утром.",), "ТАСС"),
        (("Most zůstane zavřený do června, řekla dnes ČTK starostka obce.",), "ČTK"),
        (("A komp kiköt, közölte az MTI-vel a polgármester hétfőn.",), "MTI"),
        (("Kaptan, AA muhabirine vapurun yenileneceğini söyledi.",), "AA"),
        (("船は来年春に完成する見通しだ。(共同)", "島の人たちは喜んでいる。", "港は静かだ。"), "共同"),
        (("Das Boot fährt wieder, sagte Brandt. (dpa/lno)",), "dpa"),
        (("Das Boot fährt wieder, sagte Brandt.", "(APA/red.)"), "APA"),
        (("Fergen går igjen på mandag, sier Brandt.", "(©NTB)"), "NTB"),
        (("Brest (France), 4 mars 2031 (AFP) - Le bac repart lundi, a dit la mairie de l'île.",), "AFP"),
        (("The agency told us nothing, Brandt said.",), None),
    ],
)
def test_agencies_as_their_copy_names_them(lines: tuple[str, ...], agency: str | None) -> None:
    """Opening, sign at a paragraph's end, and whom somebody tells where only an agency says so."""
    assert cleaned(TITLE, *lines).readings.agency == agency


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("(부산=연합뉴스) 홍길동 기자 = 여객선이 월요일부터 다시 다닌다.", ("홍길동",)),
        ("[부산=뉴시스] 홍길동 김철수 기자 = 여객선이 월요일부터 다시 다닌다.", ("홍길동", "김철수")),
        ("港城日报港城6月11日电（记者王小梅）轮渡星期一恢复通航，船长说。", ("王小梅",)),
        ("本报港城6月11日电 （记者 王小梅 李明）轮渡星期一恢复通航，船长说。", ("王小梅", "李明")),
        ("轮渡星期一恢复通航（记者招待会在码头举行），船长说。", ()),
    ],
)
def test_whom_a_first_line_names_behind_its_place(line: str, names: tuple[str, ...]) -> None:
    """Korean and Chinese copy names its reporters within its first sentence, where it stays."""
    found = cleaned(TITLE, line, *STORY)
    assert (found.readings.authors, line in found.body) == (names, True)


def test_an_agency_beside_the_paper_in_the_byline() -> None:
    """Paper and agency make a byline that names nobody."""
    found = cleaned(TITLE, "Par La Vigie avec AFP", *STORY)
    assert (found.readings.agency, found.readings.authors, found.body.split("\n\n")) == ("AFP", (), STORY)


def test_what_is_no_house_publishes_nothing() -> None:
    """Reserved rights and the staff are neither publisher nor agency."""
    found = cleaned(TITLE, f"WEXLEY (Staff) - {STORY[0]}", *STORY[1:], "© RIPRODUZIONE RISERVATA")
    assert (found.readings.publisher, found.readings.agency) == (None, None)


def test_a_headline_below_a_heading_of_links_signs_nothing() -> None:
    """Who signs a story stands right below it."""
    found = cleaned(TITLE, *STORY, "Related stories", "Pier Hut Burns")
    assert (found.readings.authors, found.body.split("\n\n")) == ((), STORY)


def test_a_picture_of_the_authors_tells_nothing_of_the_author() -> None:
    """Who signs the story and its picture is its author, now and when the body is cleaned again."""
    found = cleaned(*STORY, "Ann Petrel", "A seal on the pier. (Photo: Ann Petrel)")
    assert (found.readings.authors, found.body.split("\n\n")) == (("Ann Petrel",), STORY)


def test_a_letter_that_is_offered_amid_a_story_goes_as_a_box() -> None:
    """From its name down to the line that closes it, and nothing of the story around it."""
    box = (
        "Sign up to Low Tide",
        "The stories of the shore that matter. Get the week's crossings and closures in one letter",
        "Privacy Notice: Newsletters may contain information about charities and online ads.",
        "after newsletter promotion",
    )
    assert cleaned(TITLE, STORY[0], *box, *STORY[1:]).body.split("\n\n") == STORY


def test_headlines_below_most_read_amid_a_story_go_with_it() -> None:
    """Two or more headlines are teasers; a row of prices or a single line may be the story's."""
    teasers = ("Most read from the Tide", "The Yacht That Will Not Float", "Why Your Mooring Costs More")
    assert cleaned(TITLE, STORY[0], *teasers, *STORY[1:]).body.split("\n\n") == STORY
    prices = ("Recommended reading", "The long lighthouse book (£9.99)", "The short lighthouse book (£4.99)")
    assert prices[1] in cleaned(TITLE, STORY[0], *prices, *STORY[1:]).body
