"""A page and a text of three paragraphs with a date where a test wants it."""

from datetime import UTC, datetime

from copydesk.transforms.dates.date_input import DateInput
from copydesk.transforms.dates.find_dates import find_dates
from copydesk.transforms.records import Dated

NOW = datetime(2026, 1, 1, tzinfo=UTC)
HEADLINE = "Harbour town of Millmoor rebuilds its ferry pier"
TEXT = [
    "The pier had stood for ninety years before the storm took it, and nobody in the town would have it elsewhere.",
    "The quay is to be built anew from stone, the board said, and shops along it will be open for the whole of the work.",
    "Boats land at the mole until then, where the harbour master has set up two sheds and a crane for the nets.",
]
OWN, OTHER = "2024-05-03", "2019-02-01"
META = '<meta property="article:published_time" content="2024-05-03T10:15:00Z">'


def page(
    beside: str = "",
    *,
    head: str = "",
    below: str = "",
    lang: str = "en",
    frame: str = "<article>",
    url: str | None = None,
) -> Dated:
    told = "".join(f"<p>{line}</p>" for line in TEXT)
    source = (
        f'<html lang="{lang}"><head><title>{HEADLINE}</title>{head}</head><body><main>{frame}<h1>{HEADLINE}</h1>'
        f"{beside}{told}{below}</article></main></body></html>"
    )
    return find_dates(DateInput(html=source, url=url, fetched_at=NOW))


def plain(first: str = "", last: str = "", *, lang: str = "en") -> Dated:
    text = "\n".join(line for line in (HEADLINE, first, *TEXT, last) if line)
    return find_dates(DateInput(text=text, language=lang, fetched_at=NOW))
