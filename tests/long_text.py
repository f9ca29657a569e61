"""A text that takes long, for tests of what becomes of it."""

TOO_FEW_SECONDS = 0.15
"""Processor time in which a short text is refined, patterns compiled first included, and the long one is not."""


def long_text(paragraphs: int = 3_000) -> str:
    """Return a text that takes more than half a second of a processor, fifty times what a short one takes."""
    return "Ships counted at the lamp\n\n" + "\n\n".join(
        f"On day {day} the keeper of lamp {day * 7} wrote down {day * 31} ships, and all of them came from the north."
        for day in range(paragraphs)
    )
