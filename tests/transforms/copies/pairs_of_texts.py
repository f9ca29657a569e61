"""Pairs of invented texts, which are copies or only look alike, and their tables."""

from dataclasses import asdict
from datetime import date

import pyarrow as pa
from stories import BILLS, BRIDGE, DIVIDEND, GALLERY, LIBRARY, SPEECH, STRIKE, WEATHER

from copydesk.transforms.copies.measure import Measures

LONG = f"{STRIKE}\n\n{BRIDGE}\n\n{LIBRARY}"
MARCH = (2.4, 5.61, 5.55, 5.58, 5.64, 38, 5.7, 5.66)
JUNE = (2.6, 5.72, 5.61, 5.7, 5.77, 61, 5.84, 5.7)
FOOT = (
    "Quill is owned by the people who read it and lives on what they give. Whoever wants the reports by mail each morning"
    " may write to the office of the Quill Trust in Harlow Street, with a stamp. Papers of fewer than two thousand copies"
    " reprint them free of charge as long as the name of the agency stands above the text."
)
PIER = "Divers found a bell below the old pier on Monday and think that it was cast before the town had a church."
BEES = "A swarm of bees closed the northern ring road for an hour until a teacher on her way to school took it home."
PIPES = (
    "The burst main below Harlow Street was mended overnight, Eastport Water said, and all homes have pressure again."
    " Ann Quill, its engineer, asked people to let the first bucket run off. Lorries with bottles stay at the Harlow Street"
    " depot until noon, and the school opens an hour late."
)

COPIES = {
    "other case and marks": (STRIKE, STRIKE.upper().replace(",", " –"), "exact"),
    "corrected figure": (
        BILLS.format(*MARCH),
        "(Corrects yield) " + BILLS.format(2.4, 5.62, *MARCH[2:]),
        "near",
    ),
    "dateline and small edits": (
        STRIKE,
        "EASTPORT (Quill) - " + STRIKE.replace("on Tuesday", "Tuesday").replace("percent", "per cent"),
        "near",
    ),
    "first lines only": (LONG, STRIKE, "contains"),
    "flash and story": (STRIKE, " ".join(STRIKE.split()[:27]), "contains"),
    "inside a longer piece": (f"{BRIDGE}\n{STRIKE}\n{LIBRARY}", STRIKE, "contains"),
    "led in by each outlet": (
        f"Taps run once more in the east of town. Ann Quill and her men dug until five.\n\n{PIPES}",
        f"Schools open late today, but there is water to wash in at Eastport, and that is news.\n\n{PIPES}",
        "contains",
    ),
    "with a footer": (STRIKE, STRIKE + "\n\nThe Eastport Courier | Terms | Contact", "near"),
}
LOOK_ALIKES = {
    "auction of another week": (BILLS.format(*MARCH), BILLS.format(*JUNE), "recurring"),
    "dividend of another company": (
        DIVIDEND.format("Harlow Mills Inc", 12, "April 10", "March 20"),
        DIVIDEND.format("Pine Ridge Bancorp", 12, "April 10", "March 20"),
        "recurring",
    ),
    "dividend of another quarter": (
        DIVIDEND.format("Harlow Mills Inc", 12, "April 10", "March 20"),
        DIVIDEND.format("Harlow Mills Inc", 12, "July 10", "June 20"),
        "recurring",
    ),
    "weather of another day": (
        WEATHER.format("sunny", 24, 13, "west", 10, 20, 18, "20.41"),
        WEATHER.format("cloudy", 19, 11, "north", 20, 35, 17, "20.39"),
        "recurring",
    ),
    "same speech quoted": (f"{BRIDGE}\n\n{SPEECH} he said.", f"{LIBRARY}\n\n{SPEECH} he said.", "quotations"),
    "same lines of an agency": (f"{PIER}\n\n{FOOT}", f"{BEES}\n\n{FOOT}", "little_shared"),
    "same gallery": (f"{BRIDGE}\n\n{GALLERY}", f"{LIBRARY}\n\n{GALLERY}", "captions"),
    "a digest and a story": (f"{STRIKE[:130]} {BRIDGE[:120]} {LIBRARY[:110]}", BRIDGE, "little_shared"),
}


def wordings(
    *bodies: str, titles: tuple[str | None, ...] = (), outlet: str | None = None, days: tuple[int, ...] = ()
) -> pa.Table:
    ids = [f"{place:04}" for place in range(len(bodies))]
    return pa.table(
        {
            "article_id": ids,
            "revision_id": ids,
            "title": pa.array(titles or [None] * len(ids), pa.string()),
            "body": bodies,
            "published_on": pa.array([date(2026, 3, day) for day in days] or [None] * len(ids), pa.date32()),
            "outlet": pa.array([outlet] * len(ids), pa.string()),
        }
    )


def pairs(*ends: tuple[int, int]) -> pa.Table:
    columns = zip(*ends, strict=True) if ends else ((), ())
    names = ("article_id_a", "article_id_b")
    return pa.table(
        {
            name: pa.array([f"{end:04}" for end in side], pa.string())
            for name, side in zip(names, columns, strict=True)
        }
    )


def rows_of(measures: Measures) -> list[dict[str, int]]:
    columns = {name: counts.tolist() for name, counts in asdict(measures).items()}
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
