"""Timelines, diaries and lists of events: the dates that head their entries are the story's."""

import pytest

from copydesk.flows.load_rules import load_rules
from copydesk.transforms.clean.clean import clean
from copydesk.transforms.extract.extract import extract
from copydesk.transforms.records import Payload

RULES = load_rules()
LISTS = {
    "events": (
        [],
        """Friday 4 December
Carols at the lock, 6pm, free.
Saturday 5 December
Repair cafe, village hall, 10am.
Sunday 6 December
Eel market on Tide Street, 8am to noon.""",
    ),
    "timeline": (
        ["How the dam above Dunmere failed", "By Fern Okell", "18 November 2026"],
        """The dam above Dunmere held for ninety years and broke in an hour, and the county had been told.
3 October 2026
A walker reports a wet patch on the wall, and the county writes back that it was always wet there.
17 October 2026
The keeper's post is left empty.
16 November 2026
The dam is breached. Everyone downstream has been moved.""",
    ),
    "minutes": (
        [],
        """The transport minister resigned on Friday night after a day of denials that convinced nobody.
18:05
The minister leaves by a side door.
18:40
A spokesman says that nothing has changed.""",
    ),
    "diary": (
        [],
        """Lunedì, 2 marzo
Undici agnelli prima di colazione.
Martedì, 3 marzo
Neve, e il veterinario non è salito.""",
    ),
    "한국어": (
        [],
        """2024년 3월 3일
시장이 착공 허가서에 서명했다.
2025년 5월 14일
공사가 예산 부족으로 멈췄다.""",
    ),
}


@pytest.mark.parametrize("name", LISTS)
def test_date_headings(name: str) -> None:
    """Nothing of the list leaves the body; the time beside a byline does."""
    above, story = LISTS[name]
    text = "\n".join([*above, story])
    assert clean(extract(Payload(text, "text/plain")), rules=RULES).body.split("\n\n") == story.split("\n")


def test_one_date_above_and_one_below() -> None:
    """A date above a story and another behind it head nothing."""
    story = "The harbour closed on Tuesday after a storm tore two buoys and a bench away."
    text = f"The harbour closes for a week\n12 March 2024\n{story}\nNobody was hurt, the police said.\n13 March 2024\n"
    body = clean(extract(Payload(text, "text/plain")), rules=RULES).body
    assert body.split("\n\n") == [story, "Nobody was hurt, the police said."]
