"""Newsrooms that grow into the break of a rate, or stay just this side of it."""

from collections.abc import Callable
from datetime import timedelta

from small_articles import (
    ASK,
    DAYS,
    Rows,
    add_article,
    add_refused,
    add_wording,
    made_up_body,
)
from small_groups import add_group

REPEATED = "Our reporters answer letters on Fridays."


def ask_twice(rows: Rows) -> None:
    for number in (20, 21):
        body = made_up_body(DAYS - 1, number, "hask-herald") + f"\n\nShare this with {number} friends."
        add_article(rows, source="hask-herald", day=DAYS - 1, number=number, body=body)


def repeat_a_line(rows: Rows) -> None:
    for number in range(4):
        body = made_up_body(DAYS - 1, number, "hask-herald") + f"\n\n{REPEATED}"
        add_article(rows, source="hask-herald", day=DAYS - 1, number=number, body=body)


def leave_what_was_taken_elsewhere(rows: Rows) -> None:
    for number in range(2):
        body = made_up_body(DAYS - 1, number, "hask-herald") + f"\n\n{ASK}"
        add_article(rows, source="hask-herald", day=DAYS - 1, number=number, body=body)


def repeat_a_line_in_copies(rows: Rows) -> None:
    body = made_up_body(DAYS - 1, 0, "hask-herald") + f"\n\n{REPEATED}"
    add_group(
        rows,
        [
            add_article(rows, source="hask-herald", day=DAYS - 1, number=number, body=body)
            for number in range(6)
        ],
    )


def refuse_many(rows: Rows) -> None:
    for number in range(1, 30):
        add_refused(rows, day=DAYS - 1, number=number)


def copy_most(rows: Rows) -> None:
    body = made_up_body(3, 0, "hask-herald")
    add_group(
        rows,
        [add_article(rows, source="hask-herald", day=3, number=number, body=body) for number in range(60)],
    )


def copy_half(rows: Rows) -> None:
    copy_most(rows)
    for number in range(60, 100):
        add_article(rows, source="hask-herald", day=3, number=number)


def copy_suddenly(rows: Rows) -> None:
    for day in range(DAYS - 6, DAYS - 1):
        for number in range(20):
            add_article(rows, source="hask-herald", day=day, number=number)
    body = made_up_body(DAYS - 1, 0, "hask-herald")
    add_group(
        rows,
        [
            add_article(rows, source="hask-herald", day=DAYS - 1, number=number, body=body)
            for number in range(20)
        ],
    )


def share_an_address(rows: Rows, *, title: str = "Story {}", day: int = DAYS - 1) -> None:
    article = add_article(rows, source="hask-herald", day=day, number=30)
    url, seen = rows["articles"][-1]["canonical_url"], rows["articles"][-1]["first_seen_at"]
    for number in (2, 3):
        rows["revisions"][-1]["is_latest"] = False
        rows["sketches"] = [row for row in rows["sketches"] if row["article_id"] != article]
        body = made_up_body(day, 30 + number, "hask-herald")
        later = seen + timedelta(minutes=number)
        add_wording(rows, article, title.format(number), body, seen=later, day=day, revision_number=number)
        rows["articles"][-1]["last_seen_at"] = later
    for number, document in enumerate(rows["documents"][-3:]):
        document["url"] = f"{url}?art={number}"


def reword_at_three_addresses(rows: Rows) -> None:
    share_an_address(rows, title="One story, told again")


GROWN: list[tuple[Callable[[Rows], None], set[str]]] = [
    (ask_twice, {"leftover_phrases_are_rare"}),
    (repeat_a_line, {"leftover_site_lines_are_rare"}),
    (leave_what_was_taken_elsewhere, {"leftover_site_lines_are_rare"}),
    (repeat_a_line_in_copies, set()),
    (refuse_many, {"quarantine_is_rare"}),
    (copy_most, {"copies_are_no_majority"}),
    (copy_half, set()),
    (copy_suddenly, {"copies_do_not_jump"}),
    (share_an_address, {"addresses_name_one_page"}),
    (reword_at_three_addresses, set()),
]
"""What is added to the rows of a lawful newsroom, and the checks that it breaks."""
