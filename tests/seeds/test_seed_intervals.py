"""In the sample, stories date their undated articles."""

from seed_files import GOLD

from copydesk.warehouse.connect import connect_reader
from copydesk.warehouse.place import Place

WANTED = {
    "lantern-desk-ferry-deal.txt": ("2024-03-14", "2024-03-15", "medium"),
    "norvane-wire-river-crest.txt": ("2025-02-09", "2025-02-10", "medium"),
}
"""`Early on Thursday`, `on Friday` to come, beside a page of that Thursday; and likewise a Sunday and a Monday."""


def test_stories_date_the_undated_of_the_sample(sample: Place) -> None:
    """Two texts are placed to the day by dated pages on their event; no other undated text gets both ends."""
    with connect_reader(sample) as con:
        rows = con.execute(
            "select a.origin, published_between_start_at::date::varchar, published_between_end_at::date::varchar,"
            " published_between_confidence from revisions join articles a using (article_id)"
            " where published_between_end_at is not null"
        ).fetchall()
        dated = con.execute(
            "select count(*) from revisions where published_on is not null and published_between_method is not null"
        ).fetchone()
    assert {origin: tuple(facts) for origin, *facts in rows} == WANTED
    assert dated == (0,)
    assert {text["file"] for text in GOLD["texts"]} >= set(WANTED)
