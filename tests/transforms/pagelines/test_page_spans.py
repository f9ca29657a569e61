"""What a page shows to be boilerplate leaves; what only looks like it stays."""

import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.transforms.pagelines.page_spans import page_spans
from copydesk.transforms.records import Extracted, LineEvidence, Span

STORY = (
    "The ferry to Oland was back in service on Thursday after eleven days at the quay, its captain said.",
    "Divers had found a rope of forty metres wound around the starboard shaft, older than the ship itself.",
    "Passengers who had booked for the holiday were carried by two fishing boats at the company's expense.",
    "The harbour office now wants to drag the channel each spring, which it last did in the year 1987.",
    "Nobody was hurt, and the cargo of cement reached the building site with a delay of only nine days.",
)
BODY = "p > div story-text > article"


def page(*extra: tuple[str, LineEvidence], at: int = len(STORY), **fields: str) -> Extracted:
    """Give the story with lines put in at a place, each with its evidence."""
    lines = [(text, LineEvidence(0.0, 1.0, None, BODY)) for text in STORY]
    lines[at:at] = extra
    return Extracted(
        text="\n".join(text for text, _ in lines),
        extractor="test",
        lines=tuple(evidence for _, evidence in lines),
        **fields,  # type: ignore[arg-type]
    )


def removed(extracted: Extracted) -> dict[str, str]:
    """Give the removed lines with the rule of each."""
    return {extracted.text[s.start_char : s.end_char]: s.rule_id for s in page_spans(extracted)}


GOES = [
    pytest.param("Join the talk below.", LineEvidence(0, 1, None, "p > div showComments"), "container:comment_prompt", id="comments"),
    pytest.param("Ida Berg writes on ships.", LineEvidence(0, 1, None, "p > div author__bio"), "container:author_box", id="author box"),
    pytest.param("Our best, weekly.", LineEvidence(0, 1, None, "h2 c-inlineSignup__title > div"), "container:newsletter", id="newsletter"),
    pytest.param("Home", LineEvidence(1, 0, None, "li > ul breadcrumb"), "container:nav", id="breadcrumb"),
    pytest.param("Storm sinks three boats off Rona", LineEvidence(0.6, 1, None, "p > div relatedStories"), "container:related_link", id="related, of links"),
    pytest.param("Storm sinks three boats off Rona", LineEvidence(1, 1, None, BODY), "link", id="a paragraph that is one link"),
    pytest.param("Also: Storm sinks three boats off Rona", LineEvidence(0.88, 1, None, BODY), "link", id="a labelled link"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "evidence", "rule"), GOES)
def test_a_line_with_evidence_against_it_goes(text: str, evidence: LineEvidence, rule: str) -> None:
    """Each kind of evidence removes its line, alone, and names itself."""
    assert removed(page((text, evidence))) == {text: f"page:{rule}"}


STAYS = [
    pytest.param("Shareholders were told on Friday.", LineEvidence(0, 1, None, "p > div shareholders-news"), id="a word within a word"),
    pytest.param("Storm sinks three boats off Rona", LineEvidence(0, 1, None, "p > div relatedStories"), id="a name without a witness"),
    pytest.param("Why ropes are lost at sea", LineEvidence(1, 1, None, "h2 > div story-text"), id="a linked subheading"),
    pytest.param("https://ferry.example.org/report", LineEvidence(1, 1, None, BODY), id="an address"),
    pytest.param("The captain spoke first.", LineEvidence(0, 0, None, BODY), id="absence alone"),
    pytest.param("A line with no trace on the page.", LineEvidence(None, None, None, ""), id="no evidence"),
    pytest.param("The captain spoke first.", LineEvidence(0, 1, False, BODY), id="articleBody that holds nothing"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "evidence"), STAYS)
def test_a_line_that_only_looks_like_boilerplate_stays(text: str, evidence: LineEvidence) -> None:
    """A sentence of the story lost is worse than a footer kept."""
    assert removed(page((text, evidence), at=2)) == {}


def test_a_container_that_holds_the_story_is_the_storys_whatever_its_name() -> None:
    """Some houses call the whole text newsletter or comments."""
    lines = tuple(LineEvidence(0.0, 1.0, None, "p > div comments") for _ in STORY)
    assert page_spans(Extracted("\n".join(STORY), "test", lines=lines)) == ()


@pytest.mark.parametrize(
    ("name", "count", "agreement", "stay"),
    [
        pytest.param("share-bar", 1, 1.0, True, id="a box of labels holds no sentence"),
        pytest.param("share-bar", 1, 0.0, False, id="one that the second opinion leaves out"),
        pytest.param("author-bio", 2, 1.0, False, id="two sentences on an author"),
        pytest.param("author-bio", 3, 1.0, True, id="three are the story's"),
    ],
)
def test_sentences_that_the_second_opinion_has_stay_in_a_box_too_small_for_them(
    name: str, count: int, agreement: float, *, stay: bool
) -> None:
    """A page may lay parts of its story into boxes named for something else, a gallery's captions beside them."""
    told = LineEvidence(0.0, agreement, None, f"p > div {name}")
    sentences = [
        f"Boat {n} was found again below the old pier of the harbour on Friday." for n in range(count)
    ]
    extracted = page(
        *((line, told) for line in (*sentences, "Send this")),
        *((line, LineEvidence(0, 1, None, BODY)) for line in STORY * 2),
    )
    assert set(removed(extracted)) == {"Send this"} | (set() if stay else set(sentences))


def test_rows_of_links_that_no_other_extractor_has_go_and_an_introduced_list_stays() -> None:
    """Two links in a row are a row; a sentence with a colon makes the list its own."""
    link = LineEvidence(0.9, 0.0, None, "li > ul > div story-text")
    rows = (("Boats lost", link), ("Boats found", link))
    assert set(removed(page(*rows, at=3)).values()) == {"page:link-row"}
    assert removed(page(rows[0], at=3)) == {}
    sentence = (
        "The office named the ships that it will look for in the channel before the next summer:",
        LineEvidence(0, 1, None, BODY),
    )
    assert removed(page(sentence, *rows, at=3)) == {}


LINKED = LineEvidence(1.0, 1.0, None, BODY)


@pytest.mark.parametrize(
    ("stays", "goes"),
    [
        pytest.param(("Storm sinks boats", LINKED), ("Storm sinks three boats", LINKED), id="a link of four words is a headline"),
        pytest.param(
            ("Storm sinks three boats off Rona", replace(LINKED, link_ratio=0.94)),
            ("Storm sinks three boats off Rona", replace(LINKED, link_ratio=0.95)),
            id="nearly all of it is the link",
        ),
        pytest.param(
            ("As we told you here in the spring: Storm sinks three boats off Rona", replace(LINKED, link_ratio=0.7)),
            ("As told in the spring: Storm sinks three boats off Rona", replace(LINKED, link_ratio=0.7)),
            id="a label is short",
        ),
        pytest.param(
            ("Also: Storm sinks three boats off Rona", replace(LINKED, link_ratio=0.59)),
            ("Also: Storm sinks three boats off Rona", replace(LINKED, link_ratio=0.61)),
            id="most behind a label is the link",
        ),
    ],
)  # fmt: skip
def test_a_paragraph_is_a_teaser_from_so_much_link_on(
    stays: tuple[str, LineEvidence], goes: tuple[str, LineEvidence]
) -> None:
    """Sentences of the story hold links too: only a headline that is all link, or all but a short label, goes."""
    assert removed(page(stays, at=2)) == {}
    assert set(removed(page(goes, at=2)).values()) == {"page:link"}


def test_a_label_above_links_makes_them_no_list_of_the_storys() -> None:
    """A sentence introduces a list, a heading with a colon does not."""
    link = LineEvidence(0.9, 0.0, None, "li > ul > div story-text")
    rows = (("Boats lost", link), ("Boats found", link))
    plain = LineEvidence(0, 1, None, BODY)
    sentence = "The harbour office named the boats that it has looked for so far:"
    assert removed(page((sentence, plain), *rows, at=3)) == {}
    assert set(removed(page((sentence[:40] + ":", plain), *rows, at=3)).values()) == {"page:link-row"}


def test_short_links_above_the_story_end_at_its_first_paragraph() -> None:
    """Above the first line of a paragraph's length a short link is navigation; below it the story's own."""
    link = ("Sea news", replace(LINKED, container="div > header"))
    assert removed(page(link, at=0)) == {"Sea news": "page:link-above"}
    assert removed(page(link, at=1)) == {}


def held(of_story: int, after: int) -> Extracted:
    """The story, of which an articleBody holds so many paragraphs in a row from the first, and so many lines after it."""
    story = [(text, LineEvidence(0, 1, at < of_story, BODY)) for at, text in enumerate(STORY)]
    lines = [*story, *((f"Ask at desk {n}.", LineEvidence(0, 1, False, BODY)) for n in range(after))]
    return Extracted("\n".join(t for t, _ in lines), "test", lines=tuple(e for _, e in lines))


def test_an_article_body_that_lacks_a_paragraph_is_no_witness() -> None:
    """Where it holds four of five paragraphs, what it leaves out may be the story's."""
    assert removed(held(4, 1)) == {}
    assert set(removed(held(5, 1))) == {"Ask at desk 0."}


def test_many_lines_after_an_article_body_may_be_a_part_that_it_leaves_out() -> None:
    """Six lines are the page's; of seven nobody knows."""
    assert len(removed(held(5, 6))) == 6
    assert removed(held(5, 7)) == {}


@pytest.mark.parametrize(
    ("container", "evidence", "most"),
    [
        pytest.param("p > div comments", LineEvidence(0.0, 1.0, None), 2, id="a quarter"),
        pytest.param("p > div related", LineEvidence(0.0, 0.0, None), 4, id="of lines that no other extractor has, two fifths"),
    ],
)  # fmt: skip
def test_a_named_container_that_holds_much_of_the_text_is_the_storys(
    container: str, evidence: LineEvidence, most: int
) -> None:
    """However it is called: so many lines, each a sixth as long as the story, go, and one more stays with all of them."""
    lines = [(f"{n} {STORY[0][:80]}", replace(evidence, container=container)) for n in range(most + 1)]
    assert len(removed(page(*lines[:most]))) == most
    assert removed(page(*lines)) == {}


def test_where_links_are_the_matter_of_a_text_they_stay() -> None:
    """A list of offers or winners consists of links."""
    links = [(f"Offer {n}: a lamp for the hall", LineEvidence(1.0, 0.0, None, BODY)) for n in range(12)]
    assert removed(page(*links)) == {}


def test_title_and_standfirst_above_the_story_are_read_not_lost() -> None:
    """They leave the body as metadata, and a second title as a repetition."""
    title, dek = "Ferry runs again", "A rope older than the ship held it for eleven days"
    heading, plain = LineEvidence(0, 1, None, "h1 > header"), LineEvidence(0, 1, None, "p > header")
    extracted = page((title, heading), (dek, plain), (title, plain), at=0, title=title, dek=dek)
    kinds = [(span.kind, span.action) for span in page_spans(extracted)]
    assert kinds == [("title_line", "metadata"), ("dek", "metadata"), ("duplicate_title", "drop")]


def test_a_complete_article_body_bears_witness() -> None:
    """What stands after its end goes, a subheading within stays, and a link within goes."""
    inside = [(text, LineEvidence(0, 1, True, BODY)) for text in STORY]
    heading = ("What comes next", LineEvidence(0, 1, False, "h2 > div story-text"))
    link = ("Boats", LineEvidence(0.9, 1, False, BODY))
    tail = ("Ask for the harbour calendar at the desk.", LineEvidence(0, 1, False, BODY))
    lines = [*inside[:2], heading, link, *inside[2:], tail]
    extracted = Extracted("\n".join(t for t, _ in lines), "test", lines=tuple(e for _, e in lines))
    assert removed(extracted) == {"Boats": "page:not-in-article-body", tail[0]: "page:after-article-body"}


CONTAINERS = st.sampled_from(
    [BODY, "", "p > div comments", "li > ul related", "h1 > header", "p promo > aside", "td > tr"]
)
EVIDENCE = st.builds(
    LineEvidence,
    st.none() | st.floats(0, 1),
    st.sampled_from([None, 0.0, 1.0]),
    st.sampled_from([None, True, False]),
    CONTAINERS,
)
LINES = st.lists(
    st.tuples(st.text(st.characters(exclude_characters="\n\r"), max_size=80), EVIDENCE),
    min_size=1,
    max_size=30,
)


@given(LINES)
def test_spans_are_whole_lines_sorted_and_disjoint(lines: list[tuple[str, LineEvidence]]) -> None:
    """Whatever the evidence, spans lie on lines, in order, and never touch the text of another line."""
    extracted = Extracted("\n".join(t for t, _ in lines), "test", title="T", lines=tuple(e for _, e in lines))
    spans: tuple[Span, ...] = page_spans(extracted)
    starts = [sum(len(text) + 1 for text, _ in lines[:index]) for index in range(len(lines))]
    whole = {(start, start + len(text)) for start, (text, _) in zip(starts, lines, strict=True)}
    assert {(span.start_char, span.end_char) for span in spans} <= whole
    assert all(
        a.start_char < b.start_char and a.end_char <= b.start_char for a, b in itertools.pairwise(spans)
    )


def test_plain_text_has_no_page_and_loses_nothing_here() -> None:
    """Without a page there is no evidence."""
    assert page_spans(Extracted("\n".join(STORY), "plain text")) == ()
