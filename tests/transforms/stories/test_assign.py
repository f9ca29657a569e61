"""Articles become stories."""

import itertools
import random
from dataclasses import replace

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from story_newsroom import MONDAY, features_of, on_day, partition, told

from copydesk.transforms.stories.assign import assign, lay_out
from copydesk.transforms.stories.story_state import Settled, StoryState, StoryThresholds

Articles = list[dict[str, object]]
THRESHOLDS = StoryThresholds()
EMPTY = StoryState()


def settle(*batches: Articles, state: StoryState = EMPTY) -> Settled:
    for number, batch in enumerate(batches):
        settled = assign(features_of(batch), state, THRESHOLDS, run_id=f"run-{number}")
        state = settled.state
    return settled


def ids(articles: Articles) -> frozenset[str]:
    return frozenset(str(article["article_id"]) for article in articles)


FERRY = [told("ferry", number) for number in range(4)]
OTHER_FERRY = [told("other_ferry", number) for number in range(3)]
MAYOR = [told("mayor", number) for number in range(3)]
DAM = [told("dam", number) for number in range(2)]
EVERYTHING = FERRY + OTHER_FERRY + MAYOR + DAM


def test_each_event_is_a_story() -> None:
    """Outlets that tell one event stand together, look-alikes apart, without any date."""
    settled = settle(EVERYTHING)
    assert partition(settled.members) == {ids(FERRY), ids(OTHER_FERRY), ids(MAYOR), ids(DAM)}


def test_the_facts_of_a_story_are_those_of_its_members() -> None:
    """Counts, times and representative follow from the members."""
    ferry = [article | on_day(number) for number, article in enumerate(FERRY[:3])]
    (story,) = settle(ferry).stories.to_pylist()
    assert (story["article_count"], story["vote_count"], story["source_count"]) == (3, 3, 3)
    assert story["first_seen_at"] == MONDAY
    assert story["last_seen_at"] == ferry[2]["start_at"]
    assert story["representative_article_id"] in ids(ferry)
    assert story["headline"] in {article["title"] for article in ferry}
    assert story["headline_method"] == "title"


def test_a_story_without_titles_is_headed_by_a_first_sentence() -> None:
    """And says so."""
    (story,) = settle([told("dam", 1, title=None)]).stories.to_pylist()
    assert story["headline"].startswith("Engineers lowered the Sable Dam")
    assert story["headline_method"] == "lede_fallback"


@settings(max_examples=12, deadline=None)
@given(st.permutations(EVERYTHING), st.sets(st.integers(1, len(EVERYTHING) - 1)))
def test_arrival_order_does_not_matter(articles: Articles, cuts: set[int]) -> None:
    """All at once = one by one = shuffled: the same articles stand together (law 3), with the same facts."""
    bounds = [0, *sorted(cuts), len(articles)]
    batches = [articles[a:b] for a, b in itertools.pairwise(bounds)]
    settled, at_once = settle(*batches), settle(EVERYTHING)
    assert partition(settled.state.members) == partition(at_once.members)
    facts = [
        sorted(
            (row["headline"], row["article_count"], row["cohesion_ratio"])
            for row in state.stories.to_pylist()
        )
        for state in (settled.state, at_once.state)
    ]
    assert facts[0] == facts[1]


@settings(max_examples=8, deadline=None)
@given(
    st.lists(st.sampled_from([0.0, 0.5, 3.0, 9.0, 40.0, None]), min_size=4, max_size=4),
    st.permutations(range(7)),
)
def test_arrival_order_does_not_matter_with_dates(days: list[float | None], order: list[int]) -> None:
    """Nor where some are dated, near or far."""
    dated = [a | (on_day(d) if d is not None else {}) for a, d in zip(FERRY, days, strict=True)] + OTHER_FERRY
    one_by_one = settle(*([dated[number]] for number in order))
    assert partition(one_by_one.state.members) == partition(settle(dated).members)


def test_time_keeps_the_same_words_apart() -> None:
    """The same event told two months later is another one."""
    later = [told("ferry", number) | on_day(60) for number in (1, 2)]
    early = [told("ferry", number) | on_day(0) for number in (0, 3)]
    assert partition(settle(early + later).members) == {ids(early), ids(later)}


def test_copies_have_one_vote() -> None:
    """A duplicate group counts once, and its copies stand in the story of the group."""
    copies = [told("mayor", 1, vote_id="group"), told("dam", 1, vote_id="group", is_representative=False)]
    settled = settle([*MAYOR[:1], *copies])
    (story,) = settled.stories.to_pylist()
    assert (story["article_count"], story["vote_count"]) == (3, 2)
    evidence = {row["article_id"]: row["evidence"] for row in settled.members.to_pylist()}
    assert evidence[copies[1]["article_id"]].startswith("copy of an article that shares")


def test_the_evidence_says_what_is_shared() -> None:
    """Names, quotations and numbers in words, with the nearest article and the time between."""
    pair = [FERRY[0] | on_day(0), FERRY[3] | on_day(2)]
    members = settle(pair).members.to_pylist()
    assert len(members) == 2
    for row in members:
        assert " names" in row["evidence"]
        assert "1 quotation" in row["evidence"]
        assert " number" in row["evidence"]
        assert row["evidence"].endswith("2 days apart")
        assert 0 < row["score"] <= 1


def test_nothing_changes_when_nothing_is_new() -> None:
    """The same articles again change no row and make no event."""
    state = settle(EVERYTHING).state
    again = assign(features_of(EVERYTHING), state, THRESHOLDS, run_id="again")
    assert not again.members.num_rows + again.stories.num_rows + again.events.num_rows
    assert assign(features_of([]), state, THRESHOLDS, run_id="none").state is state


def test_what_is_laid_out_holds_no_terms() -> None:
    """The terms around new articles are most of a window's memory: they are gone when its votes are compared."""
    around = pa.concat_tables([features_of(MAYOR)] * 500)
    known = (around.take(pa.array(range(around.num_rows))) for _ in range(1))
    before, terms = pa.total_allocated_bytes(), around["terms"].nbytes
    layout = lay_out(features_of(FERRY), known, EMPTY, THRESHOLDS)
    assert len(layout.gathered.votes.sizes) == len(MAYOR) + len(FERRY)
    assert pa.total_allocated_bytes() - before < around.nbytes - terms / 2


def test_an_id_lasts_while_articles_join() -> None:
    """Who comes later takes the story's id, also when published earlier."""
    first = settle([FERRY[0] | on_day(1)])
    then = settle([FERRY[1] | on_day(0)], [FERRY[2] | on_day(2)], state=first.state)
    assert set(then.state.stories["story_id"].to_pylist()) == set(first.stories["story_id"].to_pylist())


def test_a_missing_link_merges_two_stories() -> None:
    """When dates bring two stories together, one id ends, is mapped to the other, and the event is told."""
    apart = [FERRY[0] | on_day(0), FERRY[1] | on_day(0), FERRY[2] | on_day(90)]
    before = settle(apart)
    assert before.stories.num_rows == 2
    after = settle([FERRY[2] | on_day(1)], state=before.state)
    ended = {row["story_id"] for row in before.stories.to_pylist() if row["article_count"] == 1}
    assert set(after.merged) == ended
    assert set(after.merged.values()) == set(after.state.stories["story_id"].to_pylist())
    assert after.events["kind"].to_pylist() == ["merged"]


def test_a_new_date_splits_a_story() -> None:
    """When a date proves an article to be of another time it leaves, under a new id, and the event is told."""
    before = settle(FERRY[:3])
    assert before.stories.num_rows == 1
    dated = [FERRY[0] | on_day(0), FERRY[1] | on_day(1), FERRY[2] | on_day(200)]
    after = settle(dated, state=before.state)
    assert partition(after.state.members) == {ids(FERRY[:2]), ids(FERRY[2:3])}
    assert "split" in after.events["kind"].to_pylist()
    (kept,) = before.stories["story_id"].to_pylist()
    sizes = {row["story_id"]: row["article_count"] for row in after.state.stories.to_pylist()}
    assert sizes[kept] == 2


def test_a_new_speaker_of_copies_takes_its_story_along() -> None:
    """When a dated copy comes to speak for an undated report, who stood with that one is settled too."""
    story = [FERRY[0], FERRY[1] | on_day(0), FERRY[2] | on_day(0)]
    group = str(FERRY[0]["article_id"])
    copies = [
        FERRY[0] | {"vote_id": group, "is_representative": False},
        told("ferry", 0, article_id="f" * 20, vote_id=group) | on_day(60),
    ]
    before = settle(story)
    assert before.stories.num_rows == 1
    after = settle(copies, state=before.state).state
    assert partition(after.members) == {ids(story[1:]), ids(copies)}
    assert partition(after.members) == partition(settle(story[1:] + copies).members)


def test_each_article_has_one_story_and_each_story_its_articles() -> None:
    """Through any number of runs members and stories agree."""
    state = settle(EVERYTHING[:5], EVERYTHING[3:9], EVERYTHING[8:], EVERYTHING[:2]).state
    members = state.members.to_pylist()
    assert sorted(row["article_id"] for row in members) == sorted(ids(EVERYTHING))
    counts = {row["story_id"]: row["article_count"] for row in state.stories.to_pylist()}
    assert counts == {story: sum(row["story_id"] == story for row in members) for story in counts}


@pytest.mark.parametrize("language", ["de", "und", "xx"])
def test_any_language_with_spaces_works(language: str) -> None:
    """Without a vocabulary of its own a language still tells events apart."""
    articles = [article | {"language": language} for article in EVERYTHING]
    assert partition(settle(articles).members) == {ids(FERRY), ids(OTHER_FERRY), ids(MAYOR), ids(DAM)}


@pytest.mark.parametrize("languages", [["xx"], ["xx", "xy", "xz"]], ids=["one", "three"])
def test_random_words_tell_of_no_event(languages: list[str]) -> None:
    """What a crowd of one language shares is no story, also in a window with others."""
    chance = random.Random(1)
    words = ["".join(chance.choices("abcdefghijklmnop", k=7)) for _ in range(400)]
    articles = [
        told("dam", number, title=None, language=language, body=" ".join(chance.choices(words, k=120)))
        | {"article_id": f"{language}{number}", "vote_id": f"{language}{number}"}
        for language in languages
        for number in range(100)
    ]
    assert len(partition(settle(articles).members)) == len(articles)


def test_german_tells_events_apart() -> None:
    """Capitalised nouns neither join nor part events."""
    sluice = [
        "Ein Tor der Schleuse in Aldermoss ist am Morgen gebrochen, 17 Schiffe sitzen im Becken fest.",
        "Leiterin Wiebke Harms schickte Taucher hinunter; sie fanden einen Riss von 4,20 Metern im Stahl.",
        "Reeder Onno Tamsen verliert mit jedem Tag Stillstand rund 90.000 Euro.",
        "„Wir haben seit Jahren vor genau diesem Tor gewarnt“, sagte Wiebke Harms dem Rundfunk.",
        "Kräne aus Norvane sollen das Wrack des Tores bergen, dann wird das Becken von Aldermoss geleert.",
    ]
    school = [
        "In der Schule am Markt von Fellside hat ein Gutachter Asbest in 23 Räumen gefunden.",
        "Bürgermeister Jannis Oude verlegte den Unterricht für 640 Kinder in die Messe von Fellside.",
        "Eltern um Almut Brandes verlangen Auskunft, wer von den Platten an der Decke wusste.",
        "„Niemand von uns hat je ein Gutachten gesehen“, rief Almut Brandes im Saal.",
        "Für die Sanierung fehlen Jannis Oude noch 5,8 Millionen Euro.",
    ]
    articles = [
        told("dam", number, language="de", title=None, body="\n\n".join(sentences))
        for number, sentences in enumerate([sluice[:4], school[:4], sluice[:0:-1], school[:0:-1]])
    ]
    assert partition(settle(articles).members) == {ids(articles[0::2]), ids(articles[1::2])}


def test_a_new_vocabulary_settles_the_whole_window_anew() -> None:
    """Its version stands on every story that it settled."""
    thresholds = replace(THRESHOLDS, count=replace(THRESHOLDS.count, first_packaged_votes=8))
    state = StoryState()
    for batch in (EVERYTHING[:6], EVERYTHING[6:]):
        state = assign(features_of(batch), state, thresholds, run_id="r").state
    assert state.vocabulary.version == 1
    assert set(state.stories["vocabulary_version"].to_pylist()) == {1}
    assert isinstance(state.members, pa.Table)
