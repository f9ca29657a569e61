"""Site memory as the warehouse keeps it: order-free, lossless, idempotent, and careful with the story."""

import random
from collections import defaultdict

from hypothesis import given, settings
from hypothesis import strategies as st
from small_site_memory import (
    BIO,
    LABEL,
    RULES,
    bodies,
    document,
    open_memory,
    state,
    story,
    take_in,
    take_out,
)

from copydesk.flows.load_rules import load_rules
from copydesk.flows.settle_site_memory import settle_site_memory
from copydesk.transforms.site_memory.line_keys import line_key
from copydesk.transforms.site_memory.settle_revision import place_revision
from copydesk.transforms.site_memory.sight_lines import sight_lines
from copydesk.transforms.span_rows import restore_text
from copydesk.transforms.text.count_words import count_words
from copydesk.warehouse.site_memory.texts import all_revisions, read_revisions, read_spans

LINES = (BIO, LABEL, "The tide table of the week in every corner shop of the lower town")
Choice = tuple[int, int, int, tuple[int, ...], int]

DOCUMENTS = st.lists(
    st.tuples(
        st.integers(0, 4),  # article: few, so that wordings and leavers meet
        st.integers(0, 4),  # topic: few, so that articles are republished
        st.integers(0, 2),  # version
        st.lists(st.integers(0, 2), max_size=3, unique=True).map(tuple),  # lines at its end
        st.integers(0, 1),  # whether a line also opens it
    ),
    min_size=4,
    max_size=7,
    unique_by=lambda choice: (choice[0], choice[2]),
)


def made(choice: Choice) -> dict:
    name, topic, version, ends, opens = choice
    head = [LINES[0]] if opens and ends else []
    return document(name, [*head, *story(topic), *(LINES[end] for end in ends)], version=version)


@settings(max_examples=4, deadline=None)
@given(DOCUMENTS, st.randoms(use_true_random=False))
def test_the_order_of_arrival_does_not_count(choices: list[Choice], chance: random.Random) -> None:
    """Order-free: all at once = one by one = shuffled, in bodies, spans, verdicts and sightings."""
    documents = [made(choice) for choice in choices]
    at_once = open_memory()
    take_in(at_once, documents, run_id="all")
    chance.shuffle(documents)
    one_by_one = open_memory()
    for number, each in enumerate(documents):
        take_in(one_by_one, [each], run_id=f"run-{number:02}")
    first, second = state(at_once), state(one_by_one)
    for revisions in (first["revisions"], second["revisions"]):
        for row in revisions:
            row.pop("document_id")
    assert first == second


@settings(max_examples=6, deadline=None)
@given(DOCUMENTS)
def test_what_is_sighted_is_what_articles_share_and_can_be_put_back(choices: list[Choice]) -> None:
    """The sightings are those that a look at every line of every wording finds, where two articles have the line's key.

    Lossless: body, layout and spans give the extracted text of every revision, byte for byte.
    """
    con = open_memory()
    documents = [made(choice) for choice in choices]
    for number, each in enumerate(documents):
        take_in(con, [each], run_id=f"run-{number:02}")
    texts = {each["payload"].decode() for each in documents}
    chosen = all_revisions(con)
    site_of = dict(zip(chosen["revision_id"].to_pylist(), chosen["site"].to_pylist(), strict=True))
    spans, seen, carriers = read_spans(con, list(site_of)), [], defaultdict(set)
    for revision in read_revisions(con, chosen):
        name = revision["revision_id"]
        assert restore_text(revision, spans[name]) in texts
        paragraphs = place_revision(revision, spans[name]).paragraphs
        for each in paragraphs:
            carriers[site_of[name], line_key(each.text)].add(revision["article_id"])
        seen += [
            (name, found.line_hash, site_of[name], line_key(paragraphs[found.index].text))
            for found in sight_lines(paragraphs, site=site_of[name], rules=RULES)
        ]
    expected = {(name, line) for name, line, site, key in seen if len(carriers[site, key]) > 1}
    assert set(con.sql("select revision_id, line_hash from site_sightings").fetchall()) == expected


@settings(max_examples=5, deadline=None)
@given(DOCUMENTS, st.sets(st.integers(0, 4), min_size=1, max_size=3))
def test_articles_that_go_leave_nothing_behind(choices: list[Choice], leaving: set[int]) -> None:
    """Taken in and taken out again = never taken in: keys, sightings, verdicts and the bodies of the others."""
    con, without = open_memory(), open_memory()
    take_in(con, [made(choice) for choice in choices], run_id="all")
    take_out(con, leaving, run_id="out")
    take_in(without, [made(choice) for choice in choices if choice[0] not in leaving], run_id="all")
    assert state(con) == state(without)


@settings(max_examples=2, deadline=None)
@given(DOCUMENTS)
def test_what_is_sighted_anew_stays_as_it_was(choices: list[Choice]) -> None:
    """Sighting and cleaning all revisions again changes no row."""
    con = open_memory()
    take_in(con, [made(choice) for choice in choices], run_id="all")
    before = state(con)
    con.execute("delete from opening")  # the run brings nothing
    settle_site_memory(con, run_id="again", rules=load_rules, sight_anew=all_revisions(con))
    assert state(con) == before


def test_a_line_that_proves_to_be_the_sites_leaves_older_articles_too() -> None:
    """The article that makes a line known for the site's cleans those before it, in the same run."""
    con = open_memory()
    take_in(con, [document(1, [*story(1), BIO])], run_id="a")
    assert BIO in bodies(con)["1"]
    settled = take_in(con, [document(2, [*story(2), BIO])], run_id="b")
    assert bodies(con) == {"1": "\n\n".join(story(1)), "2": "\n\n".join(story(2))}
    assert len(settled.recleaned_article_ids) == 2
    assert settled.notes
    found = con.sql("select verdict, article_count, witness_count from site_lines").fetchall()
    assert found == [("boilerplate", 2, 2)]
    spans = con.sql("select distinct kind, rule_id, text from boilerplate_spans where kind = 'site_line'")
    assert spans.fetchall() == [("site_line", "site.line", BIO)]


def test_words_are_counted_alike_where_a_line_has_left() -> None:
    """In every script what is left counts as any body does; a count of another day is mended when all is sighted."""
    con = open_memory()
    texts = [
        ["潮汐表编辑部昨日在下镇码头公布了新的渡轮班次。", "渡口管理员说,新栈桥已经检验过七次。"],
        story(2),
    ]
    take_in(con, [document(n, [*text, BIO]) for n, text in enumerate(texts)], run_id="a")
    counted = "select body, body_words from revisions order by body"
    rows = con.sql(counted).fetchall()
    assert not any(BIO in body for body, _ in rows)
    assert rows == [(body, count_words(body)) for body, _ in rows]
    con.execute("update revisions set body_words = 2")
    con.execute("delete from opening")
    settle_site_memory(con, run_id="again", rules=load_rules, sight_anew=all_revisions(con))
    assert con.sql(counted).fetchall() == rows


def test_a_line_that_one_article_is_left_with_comes_back() -> None:
    """Where the other article that proved a line goes, the line is the story's again, and no trace of it is kept."""
    con = open_memory()
    take_in(con, [document(1, [*story(1), BIO]), document(2, [*story(2), BIO])], run_id="a")
    assert BIO not in bodies(con)["1"]
    take_out(con, [2], run_id="b")
    assert bodies(con) == {"1": "\n\n".join([*story(1), BIO])}
    assert con.sql("select count(*) from site_sightings").fetchall() == [(0,)]
    assert con.sql("select count(*) from site_lines").fetchall() == [(0,)]


def test_a_second_settlement_changes_nothing() -> None:
    """Idempotent: settled again, with a portion that opens nothing, the run writes no row."""
    con = open_memory()
    take_in(con, [document(n, [*story(n), BIO]) for n in range(3)], run_id="a")
    before = state(con)
    con.execute("delete from opening")
    assert settle_site_memory(con, run_id="a", rules=load_rules).recleaned_article_ids == ()
    assert state(con) == before


def test_a_republished_article_proves_nothing() -> None:
    """Copies of one text under several addresses are one witness, however many they are."""
    con = open_memory()
    take_in(con, [document(n, [*story(1), BIO]) for n in range(6)], run_id="a")
    assert [BIO in body for body in bodies(con).values()] == [True] * 6


def test_two_wordings_that_differ_in_a_site_line_alone_are_marked_as_one() -> None:
    """A wording that reads like an earlier one once the site's lines are out points to it, whichever came first."""
    for order in ((0, 1), (1, 0)):
        con = open_memory()
        versions = [document(1, story(1), version=0), document(1, [*story(1), BIO], version=1)]
        for number, index in enumerate(order):
            take_in(con, [versions[index]], run_id=f"r{number}")
        take_in(con, [document(2, [*story(2), BIO]), document(3, [*story(3), BIO])], run_id="s")
        rows = con.sql(
            "select revision_number, body, same_as_revision_id is null from revisions"
            " join articles using (article_id) where canonical_url like '%/1' order by 1"
        ).fetchall()
        body = "\n\n".join(story(1))
        assert rows == [(1, body, True), (2, body, False)]


def test_the_sites_line_is_no_other_sites_line() -> None:
    """What one site repeats says nothing about another."""
    con = open_memory()
    other = document(9, [*story(9), LINES[2]], source="fellside-post")
    take_in(con, [document(n, [*story(n), LINES[2]]) for n in range(5)], run_id="a")
    take_in(con, [other], run_id="b")
    assert LINES[2] in bodies(con)["9"]
    assert LINES[2] not in bodies(con)["1"]
