"""Put zero-width joiners back where an extractor left them out: emoji, Persian and Indic words need them."""

from collections.abc import Iterable, Sequence

from copydesk.transforms.page.page_text import PageText, Place, texts_of

JOINERS = ("\u200c", "\u200d")
_WITHOUT = {ord(joiner): None for joiner in JOINERS}


def keep_joiners(lines: Sequence[str], places: Iterable[Place | None], page: PageText) -> list[str]:
    """Give the lines as the page writes them where they differ by joiners alone."""
    whole = "".join(page.texts)
    if not any(joiner in whole for joiner in JOINERS):
        return list(lines)
    return [_joined(line, place, page) for line, place in zip(lines, places, strict=True)]


def _joined(line: str, place: Place | None, page: PageText) -> str:
    if place is None:
        return line
    written = " ".join("".join(page.texts[index] for index, _ in texts_of(page, place)).split())
    bare = written.translate(_WITHOUT)
    at = bare.find(line.removeprefix("- "))
    if at < 0 or bare == written:
        return line
    kept = [index for index, sign in enumerate(written) if sign not in JOINERS]
    end = at + len(line.removeprefix("- "))
    stop = kept[end] if end < len(kept) else len(written)
    return line[: len(line) - (end - at)] + written[kept[at] : stop]
