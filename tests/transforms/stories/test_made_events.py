"""What tells look-alikes, nameless events and a background paragraph."""

import pytest
from reports import Report, stories

OPENED: list[Report] = [
    (
        "Ostrel valley shaken by quake",
        (
            "An earthquake shook the Ostrel valley on Tuesday and left 14 people dead, governor Aldo Vik said. Houses fell in Tirel and "
            "the road to Merat was cut by rocks. The army flew tents to Hosna."
        ),
    ),
    (
        "Tents flown to quake survivors",
        (
            "Tents were flown to Hosna after Tuesday's earthquake in the Ostrel valley, in which 14 people died. Rocks block the road "
            "from Merat to Tirel, said governor Aldo Vik."
        ),
    ),
]
AGAIN: list[Report] = [
    (
        "Quake in Ostrel valley again",
        (
            "An earthquake shook the Ostrel valley on Friday and left three people dead, governor Aldo Vik said. A wall fell in Hosna and "
            "rescuers from Merat came within the hour. People in Tirel slept outside."
        ),
    ),
    (
        "Three dead in Ostrel valley",
        (
            "Friday's earthquake in the Ostrel valley killed three people under a wall in Hosna. The road from Merat stayed open, said "
            "governor Aldo Vik, who had tents brought to Tirel."
        ),
    ),
]
LATER: Report = (
    "Ostrel counts its dead",
    (
        "Teachers in Tirel held a minute of silence on Friday for the 14 dead of Tuesday's earthquake in the Ostrel valley. Tents in "
        "Hosna will stay until the road to Merat is cleared, governor Aldo Vik said."
    ),
)


def test_undated_look_alikes_part_by_their_weekdays() -> None:
    """Two reports of Tuesday's and two of Friday's are two stories; a report of Friday on Tuesday's is of that."""
    assert stories(OPENED + AGAIN, "en", None) == [[0, 1], [2, 3]]
    assert stories([*OPENED, LATER], "en", None) == [[0, 1, 2]]


HEIST: list[Report] = [
    (
        "Einbruch in die Kirche von Lauterfeld",
        (
            "Diebe sind in der Nacht zum Dienstag in die Kirche von Lauterfeld eingebrochen und haben zwei Leuchter mitgenommen. Die Tür "
            "wurde aufgehebelt. Bürgermeisterin Ilse Rott war entsetzt. Zeugen sahen einen weißen Lieferwagen."
        ),
    ),
    (
        "Lauterfeld sucht seine Leuchter",
        (
            "Nach dem Einbruch in die Kirche von Lauterfeld, bei dem Diebe am Dienstag zwei Leuchter mitnahmen, bittet die Gemeinde um "
            "Hinweise. Die Polizei fahndet nach einem weißen Lieferwagen. Der Pfarrer will die Tür verstärken lassen."
        ),
    ),
]
ROBBERY: Report = (
    "Tankstelle in Lauterfeld ausgeraubt",
    (
        "Ein Mann mit einer Pistole hat am Freitag die Tankstelle in Lauterfeld ausgeraubt. Er entkam mit 900 Euro. Bürgermeisterin Ilse "
        "Rott war entsetzt. Die Polizei fahndet nach einem weißen Lieferwagen."
    ),
)
NEXT_DAY: Report = (
    "Leuchter von Lauterfeld gefunden",
    (
        "Die zwei Leuchter, die Diebe aus der Kirche von Lauterfeld mitgenommen hatten, lagen am Mittwoch in einem Graben. Die Polizei fand "
        "daneben Spuren eines weißen Lieferwagens. Der Pfarrer dankte den Zeugen."
    ),
)


def test_one_report_of_another_weekday_joins_no_dated_story() -> None:
    """A town, its mayor and a van make no story of two days' events; the report of the next day names its own."""
    assert stories([*HEIST, ROBBERY], "de", [0, 0, 3]) == [[0, 1], [2]]
    assert stories([*HEIST, NEXT_DAY], "de", [0, 0, 1]) == [[0, 1, 2]]


NAMELESS: dict[str, list[Report]] = {
    "en": [
        (
            "Goat stops train",
            "A goat that chewed on the rails stopped a train for two hours. The driver rang his bell, but the goat lay down.",
        ),
        (
            "Passengers wait for stubborn goat",
            "Passengers of a train waited while the driver tried to move a goat from the rails. In the end a child lured it with chewed gum.",
        ),
        (
            "Goat on rails goes home",
            "The goat that lay on the rails in front of a train is home again. A child had lured it off when the driver's bell did not help.",
        ),
    ],
    "ru": [
        (
            "Медведь остановил поезд",
            "Упрямый медведь улёгся на рельсы и остановил поезд на два часа. Машинист гудел, но животное не двигалось.",
        ),
        (
            "Пассажиры ждали медведя",
            "Пассажирам пришлось ждать, пока машинист поезда прогонял упрямого медведя с рельсов. Помогла банка варенья.",
        ),
        (
            "Медведя увели с рельсов вареньем",
            "Упрямого медведя, который улёгся перед поездом, увели с рельсов вареньем. Гудки машиниста не помогли животному встать.",
        ),
    ],
}


@pytest.mark.parametrize("language", NAMELESS)
@pytest.mark.parametrize("days", [None, [0, 1, 1]], ids=["undated", "dated"])
def test_an_event_without_names_is_one_story(language: str, days: list[int] | None) -> None:
    """Words make a story where no text has names to tell, whatever the endings of the words."""
    assert stories(NAMELESS[language], language, days) == [[0, 1, 2]]


CRASH: list[Report] = [
    (
        "Barge rams lock gate at Dorn",
        (
            "The barge Lotte rammed the gate of the lock at Dorn on Monday and sank within minutes. Skipper Piet Haan and his crew were "
            "saved by anglers. The river authority closed the lock to all traffic. Head of works Ines Roth spoke of damage of two million "
            "crowns and of a repair that would take at least until the summer, when new steel can be had from the yard."
        ),
    ),
    (
        "Anglers save crew of barge at Dorn lock",
        (
            "Anglers pulled skipper Piet Haan and his crew from the water after the barge Lotte had hit the lock gate at Dorn on Monday. The "
            "lock is shut. Ines Roth of the river authority thinks that the repair will cost two million crowns and last until summer. "
            "Freight for the yards upstream goes by rail now, and rents for wagons have doubled since the morning."
        ),
    ),
]
ELSEWHERE: list[Report] = [
    (
        "Bakers win pay rise after strike",
        (
            "Bakers have won a pay rise of four percent after a strike of nine days. Union leader Mona Falk called it a victory for all who "
            "rise at night. Owners say that rolls will cost more. The talks in the town hall had dragged on because of a cut in power. The "
            "region has had hard days: on Monday the barge Lotte rammed the lock gate at Dorn and sank. Skipper Piet Haan was saved by "
            "anglers, and Ines Roth of the river authority puts the damage at two million crowns."
        ),
    ),
    (
        "Rolls to cost more as strike ends",
        (
            "Rolls will cost more now that the strike of bakers has ended with four percent more pay. Owners and Mona Falk of the union "
            "shook hands in the town hall. Most ovens were lit again the same night, and queues were long at dawn. Deliveries by water are "
            "late, since the barge Lotte sank at the lock gate of Dorn on Monday, where anglers saved skipper Piet Haan and where repairs "
            "will cost two million crowns, as Ines Roth of the river authority said."
        ),
    ),
]


def test_a_paragraph_of_background_joins_no_stories() -> None:
    """What the second half of a text tells of another day's event makes it no report of that."""
    assert stories(CRASH + ELSEWHERE, "en", [0, 0, 3, 3]) == [[0, 1], [2, 3]]
