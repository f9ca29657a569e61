"""The pages of the sample are read as their ground truth says."""

from datetime import UTC, datetime

import pytest
from seed_files import PAGES, TEXTS, read

from copydesk.transforms.dates.date_input import DateInput
from copydesk.transforms.dates.find_dates import find_dates
from copydesk.transforms.extract.extract import extract
from copydesk.transforms.records import Extracted, Payload

DECLARED = ("title", "authors", "publisher", "language", "licence", "canonical_url", "image")
LATER = datetime(2026, 1, 1, tzinfo=UTC)


def extracted(gold: dict) -> Extracted:
    return extract(Payload(read(gold["file"]).encode(), "text/html"))


@pytest.mark.parametrize("gold", PAGES)
def test_metadata_is_read(gold: dict) -> None:
    """Title, authors, publisher, language, licence, canonical URL and lead picture are what the page declares."""
    found = extracted(gold)
    image = found.images[0]
    assert {
        "title": found.title,
        "authors": list(found.authors),
        "publisher": found.publisher,
        "language": found.language,
        "licence": found.licence,
        "canonical_url": found.canonical_url,
        "image": {"url": image.url, "caption": image.caption, "credit": image.credit},
    } == {key: gold[key] for key in DECLARED}


@pytest.mark.parametrize("gold", PAGES)
def test_story_is_extracted(gold: dict) -> None:
    """The first and last paragraphs, the headings and a correction come through extraction."""
    text = " ".join(extracted(gold).text.split())
    assert [sentence for sentence in gold["must_keep"] if " ".join(sentence.split()) not in text] == []


@pytest.mark.parametrize("gold", PAGES)
def test_page_was_published_when_it_says(gold: dict) -> None:
    """The moment of publication is the declared one, whatever the photo, the correction and the story mention."""
    document = DateInput(
        html=read(gold["file"]), url=gold["canonical_url"], title=gold["title"], fetched_at=LATER
    )
    assert find_dates(document).published_at == datetime.fromisoformat(gold["published_at"])


@pytest.mark.parametrize("gold", TEXTS)
def test_text_has_no_moment_of_publication(gold: dict) -> None:
    """No text declares a moment; no photo, print stamp or past event is taken for its day of publication."""
    dated = find_dates(DateInput(text=read(gold["file"]), title=gold["title"], fetched_at=LATER))
    assert dated.published_at is None
    assert dated.published_on in {None, gold["printed_on"]}
