"""A standfirst is what a page shows as one, and never the story itself."""

import pytest

from copydesk.transforms.extract.extract import extract
from copydesk.transforms.records import Payload

STORY = [
    f"Paragraph {n} of the report on the {word} mill tells at some length what the inspectors found there in May."
    for n, word in enumerate(["upper", "lower", "old", "new", "burnt", "sunken", "royal", "paper"])
]
STORY_HTML = "".join(f"<p>{line}</p>" for line in STORY)


def page(article: str, head: str = "") -> Payload:
    html = (
        f"<html><head><title>The mills</title>{head}</head><body><article>{article}</article></body></html>"
    )
    return Payload(html, "text/html")


DEK = "Inspectors spent three weeks in the eight mills of the valley"


@pytest.mark.parametrize(
    ("html", "head", "dek"),
    [
        pytest.param(f"<h1>The mills</h1><p class='stand-first'>{DEK}</p>", "", DEK, id="named standfirst"),
        pytest.param(f"<h1>The mills</h1><div class='PageHeaderDek-x1'>{DEK}</div>", "", DEK, id="named in one word"),
        pytest.param(f"<h1>The mills</h1><h2>{DEK}</h2>", "", DEK, id="heading right below"),
        pytest.param(f"<h1>The mills</h1><div class='x1'>{DEK}.</div>", "", f"{DEK}.", id="sentence right below"),
        pytest.param(f"<h1>The mills</h1><figcaption class='summary'>{DEK}.</figcaption>", "", None, id="caption"),
        pytest.param(f"<h1>The mills</h1><div class='detail-summary'>By the way, it rained.</div><p class='deck'>{DEK}</p>", "", DEK, id="the better name, not the first"),
        pytest.param(f"<header><h1>The mills</h1><p class='x'>{DEK}</p></header>", f'<meta name="description" content="{DEK}">', DEK, id="shown description"),
        pytest.param("<h1>The mills</h1>", f'<meta name="description" content="{DEK}">', None, id="description that is not shown"),
        pytest.param("<h1>The mills</h1>", f'<meta name="description" content="{STORY[0]}">', None, id="first paragraph as description"),
        pytest.param("<h1>The mills</h1><p class='subtitle'>The mills</p>", "", None, id="the title again"),
    ],
)  # fmt: skip
def test_a_standfirst_is_what_the_page_shows_as_one(html: str, head: str, dek: str | None) -> None:
    """A declared description is a standfirst only where a reader sees it as one."""
    head += '<meta property="og:title" content="The mills">'
    assert extract(page(f"{html}<div>{STORY_HTML}</div>", head)).dek == dek


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("<div class='field--type-text-with-summary'><p>{0}</p><p>{1}</p><h3>{2}</h3><p>{3}</p></div>", id="a subhead in a body whose class speaks of summaries"),
        pytest.param("<div>{0}<br><br>{1}<br><br>{2}<br><br>{3}</div>", id="paragraphs parted by empty lines"),
    ],
)  # fmt: skip
def test_what_holds_the_story_is_no_standfirst(body: str) -> None:
    """A container of paragraphs gives neither its name to one of them nor itself as the standfirst."""
    lines = (
        "Two mills of the lower valley stopped their looms on Monday, and the owner gave no reason for it.",
        "The weavers had been told by a notice on the gate, which was dated the Friday before that day.",
        "What the owner owes the weavers",
        "A meeting of the weavers is to be held in the chapel, and the owner has been asked to come to it.",
    )
    extracted = extract(page(f"<h1>The mills</h1>{body.format(*lines)}"))
    assert (extracted.dek, extracted.text) == (None, "\n".join(("The mills", *lines)))


def test_the_ends_of_lines_part_words() -> None:
    """A standfirst of two lines is one sentence with a space between them."""
    dek = "<p class='stand-first'>Inspectors spent three weeks<br>in the <b>eight mills<br></b>of the valley</p>"
    assert extract(page(f"<h1>The mills</h1>{dek}<div>{STORY_HTML}</div>")).dek == DEK
