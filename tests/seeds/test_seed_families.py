"""What the sample says belongs together does, and what is only alike does not."""

from itertools import combinations

from seed_files import GOLD, plain, prose, read, rows, shingles


def containment(one: str, other: str) -> float:
    a, b = shingles(one), shingles(other)
    return len(a & b) / min(len(a), len(b))


def test_copies_share_their_words() -> None:
    """A pair of copies has most of the shorter one's runs of five words in common."""
    for pair in GOLD["copies"]:
        assert containment(*(prose(file) for file in pair["files"])) > 0.6


def test_nothing_else_is_a_copy() -> None:
    """All other pairs stay below copying: one story in three papers' words, a later event, a weekly report."""
    texts = {entry["file"]: prose(entry["file"]) for entry in (*GOLD["texts"], *GOLD["pages"])}
    texts |= {row["id"]: row.get("text", row.get("content")) for row in rows()}
    told = [set(pair["files"]) for pair in GOLD["copies"]]
    pairs = combinations(sorted(texts), 2)
    found = [pair for pair in pairs if containment(texts[pair[0]], texts[pair[1]]) >= 0.3]
    assert [pair for pair in found if set(pair) not in told] == []
    assert all(set(pair["external_ids"]) <= set(texts) for pair in GOLD["not_copies"])


def test_story_shares_a_quotation_and_the_look_alike_does_not() -> None:
    """All papers of the first event quote the same sentence; the event twenty months later does not."""
    first, later = GOLD["stories"]
    assert all(first["shared_quotation"] in plain(read(file)) for file in first["files"])
    assert not any(first["shared_quotation"] in plain(read(file)) for file in later["files"])
