"""Each check is red for a warehouse that breaks its law and only its law, and green for one that keeps it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest
from grown_newsrooms import GROWN
from small_articles import NOW, Rows
from small_warehouse import as_arrow, build_warehouse, small_rows

from copydesk.schemas.user_error import UserError
from copydesk.warehouse.check import check
from copydesk.warehouse.connect import connect_writer
from copydesk.warehouse.place import Place
from copydesk.warehouse.run_check import SHOWN_OFFENDERS
from copydesk.warehouse.write_table import append_rows

LAST_RUN = "(select max(run_id) from runs)"
LATEST = f"(select min(revision_id) from revisions where is_latest and run_id = {LAST_RUN})"

NEEDS_ITS_OWN = {"schema_is_as_declared", "required_fields_are_there"}
RATES = {name for _, names in GROWN for name in names}


def refused(document_id: str, reason: str, *runs: str) -> str:
    """Return SQL that puts a further document into quarantine, by a try in each of the runs."""
    tries = "; ".join(
        f"insert into quarantine by name select '{document_id}' as document_id, 'date' as step, '{run}' as run_id, "
        f"source_id, origin, '{reason}' as reason, 'in words' as detail, fetched_at as quarantined_at "
        f"from documents where document_id = '{document_id}'"
        for run in runs
    )
    return (
        f"insert into documents by name select * replace ('{document_id}' as document_id, null as article_id, "
        f"null as revision_id, 'quarantined' as outcome, '{runs[-1]}' as run_id) from documents "
        f"where document_id = (select min(document_id) from documents where outcome = 'new'); {tries}; "
        "update runs set documents_count = documents_count + 1, quarantined_count = quarantined_count + 1 "
        f"where list_contains({list(runs)}, run_id)"
    )


BREAKS = {
    "bodies_are_as_hashed": f"update revisions set body_sha256 = 'ff' where revision_id = {LATEST}",
    "body_is_not_empty": f"update revisions set body_words = 0 where revision_id = {LATEST}",
    "copies_are_explained": "update duplicates set evidence = ' '",
    "copies_are_grouped": "insert into duplicates by name select * replace ((select min(article_id) from "
    "story_members) as article_id_a, 'zz' as article_id_b) from duplicates; update duplicates set article_id_b = "
    "(select max(article_id) from articles) where article_id_b = 'zz'",
    "copies_are_paired_in_order": "update duplicates set relation = 'contains'",
    "dates_are_explained": f"update revisions set published_method = null where revision_id = {LATEST}",
    "dates_are_found": "update revisions set published_at = null, published_on = null, published_precision = null, "
    "published_method = null; update date_candidates set is_chosen = false",
    "dates_are_in_order": "update runs set finished_at = started_at - interval 1 hour where run_id = 'run-03'",
    "dates_are_not_in_the_future": "update revisions set published_at = first_seen_at + interval 3 day, "
    f"published_on = (first_seen_at + interval 3 day)::date where revision_id = {LATEST}",
    "documents_are_accounted_for": "update runs set unchanged_count = 1 where run_id = 'run-03'",
    "documents_lead_somewhere": "delete from quarantine",
    "encoding_is_whole": f"update revisions set title = 'The cafÃ© at Hask' where revision_id = {LATEST}",
    "groups_have_one_representative": "update duplicate_groups set is_representative = true",
    "language_is_found": "update revisions set language = null",
    "language_is_known": "update revisions set language = 'english' where revision_id = " + LATEST,
    "lengths_add_up": f"update revisions set extracted_chars = extracted_chars + 1 where revision_id = {LATEST}",
    "no_step_of_ours_crashed": refused("dd", "internal_error", "run-04"),
    "nobody_is_before_the_first": "drop view syndication; create view syndication as select 'g' as group_id, 'a' as "
    "article_id, 'b' as first_article_id, -12.8 as hours_after_first, 0 as days_after_first",
    "payloads_are_as_hashed": f"update documents set payload_bytes = 3 where revision_id = {LATEST}",
    "ratios_are_ratios": "update stories set cohesion_ratio = 1.2",
    "sketches_are_of_the_latest_wording": "insert into sketches select article_id, revision_id, 7, 40, run_id "
    "from revisions where not is_latest",
    "sources_answer": "update sources set failures_in_row_count = 3 where source_id = 'norvane-wire'",
    "sources_are_fresh": "update sources set last_new_article_at = last_new_article_at - interval 6 day",
    "spans_are_explained": f"update boilerplate_spans set rule_id = '' where revision_id = {LATEST}",
    "spans_are_within_the_text": f"update boilerplate_spans set text = text || '!' where revision_id = {LATEST} "
    "and kind = 'dateline'",
    "stories_count_their_members": "update stories set article_count = article_count + 1",
    "text_is_restorable": f"update revisions set extracted_sha256 = 'ff' where revision_id = {LATEST}",
    "tries_are_not_used_up": refused("ee", "timeout", "run-05", "run-06", "run-07"),
    "words_are_known": f"update revisions set completeness = 'mostly' where revision_id = {LATEST}",
    "articles_have_one_latest_wording": "update revisions set revision_number = 3 where not is_latest",
    "keys_are_unique": "insert into story_events select * from story_events",
    "references_are_whole": "update story_events set run_id = 'run-99'",
    "revisions_name_their_versions": "update revisions set versions = struct_update(versions, rules := null)",
    "spans_do_not_overlap": "update boilerplate_spans set start_char = start_char - 1, text = '+' || text where "
    f"revision_id = {LATEST} and kind = 'dateline'",
    "stories_have_no_catch_all": "insert into story_members by name select article_id, story_id, 0.5 as score, "
    "'alike' as evidence, settled_at as joined_at, articles.run_id from articles, stories where article_id not "
    "in (select article_id from story_members) order by article_id limit 9; update stories set vote_count = 12, "
    "article_count = 12, first_seen_at = first_seen_at - interval 1 year",
    "volume_is_usual": "update articles set first_seen_at = last_seen_at + 0 * interval 1 day + (timestamptz "
    f"'{NOW}' - interval 1 hour - last_seen_at), last_seen_at = timestamptz '{NOW}' - interval 1 hour "
    "where source_id = 'fellside-post' and run_id > 'run-06'",
}
"""One break for each check, as SQL; separated by semicolons."""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    return build_warehouse(tmp_path_factory.mktemp("warehouse"))


@pytest.fixture(scope="module")
def writer(place: Place) -> Iterator[duckdb.DuckDBPyConnection]:
    with connect_writer(place) as con:
        con.execute("set threads = 1")
        yield con


@pytest.fixture
def con(writer: duckdb.DuckDBPyConnection) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection inside a transaction that is rolled back: each test breaks a warehouse of its own."""
    writer.execute("begin")
    yield writer
    writer.execute("rollback")


def broken(con: duckdb.DuckDBPyConnection, **options) -> set[str]:
    return {result.name for result in check(con, now=NOW, **options) if not result.is_passed}


def test_lawful_warehouse_passes(con: duckdb.DuckDBPyConnection) -> None:
    """A warehouse that keeps every law passes every check, and none of them is without a test that turns it red."""
    results = check(con, now=NOW)
    assert [result.name for result in results if not result.is_passed] == []
    assert {result.name for result in results} == set(BREAKS) | NEEDS_ITS_OWN | RATES


def break_laws(con: duckdb.DuckDBPyConnection, *names: str) -> None:
    for name in names:
        for statement in filter(str.strip, BREAKS[name].split(";")):
            con.execute(statement)


@pytest.mark.parametrize("name", sorted(BREAKS))
def test_check_sees_its_law_broken(con: duckdb.DuckDBPyConnection, name: str) -> None:
    """Breaking a law turns its check red."""
    break_laws(con, name)
    assert broken(con, only=[name]) == {name}


@pytest.mark.parametrize("names", [sorted(BREAKS)[n::3] for n in range(3)], ids=lambda names: names[0])
def test_no_other_check_turns_red(con: duckdb.DuckDBPyConnection, names: list[str]) -> None:
    """Breaking some laws turns their checks red, and no other."""
    break_laws(con, *names)
    assert broken(con) == set(names)


@pytest.mark.parametrize(("grow", "expected"), GROWN, ids=lambda value: getattr(value, "__name__", ""))
def test_rates_are_judged(
    con: duckdb.DuckDBPyConnection, grow: Callable[[Rows], None], expected: set[str]
) -> None:
    """A rate beyond its threshold turns its check red, and no other rate's; one within it does not."""
    lawful, grown = small_rows(), small_rows(grow)
    for name in [name for name in grown if grown[name] != lawful[name]]:
        con.execute(f"delete from {name}")
        append_rows(con, name, as_arrow(name, grown[name]))
    assert broken(con, only=RATES) == expected


def test_a_language_without_two_letters_is_one(con: duckdb.DuckDBPyConnection) -> None:
    """Pidgin, Filipino and Cantonese have codes of three letters, and pages bear retired ones: no law is broken."""
    for language in ("pcm", "fil", "yue", "iw", None):
        con.execute(f"update revisions set language = ? where revision_id = {LATEST}", [language])
        assert broken(con, only=["language_is_known"]) == set(), language


def test_null_in_a_required_field_is_seen(tmp_path: Path) -> None:
    """A null where none may be is found, though the files' statistics are all that is read of clean columns."""
    with connect_writer(build_warehouse(tmp_path)) as con:
        con.execute("alter table stories alter column cohesion_ratio drop not null")
        con.execute("update stories set cohesion_ratio = null")
        assert broken(con, only=NEEDS_ITS_OWN) == NEEDS_ITS_OWN


def test_schema_drift_is_seen(con: duckdb.DuckDBPyConnection) -> None:
    """A column that changed its type or is gone breaks the schema's check; checks that need it say so."""
    con.execute("alter table images drop column credit")
    assert broken(con, only=NEEDS_ITS_OWN) == {"schema_is_as_declared"}
    con.execute("alter table runs drop column outcome")
    results = {result.name: result for result in check(con, now=NOW)}
    assert [row["column_name"] for row in results["schema_is_as_declared"].offenders] == ["credit", "outcome"]


def test_texts_of_earlier_runs_are_read_on_demand(con: duckdb.DuckDBPyConnection) -> None:
    """--since RUN reads the texts from that run on; without it only those of the latest."""
    con.execute("update revisions set body_sha256 = 'ff' where run_id = 'run-04'")
    law = {"bodies_are_as_hashed"}
    assert broken(con, only=law) == set()
    assert broken(con, only=law, since_run="run-05") == set()
    assert broken(con, only=law, since_run="run-04") == law


def test_unknown_run_is_refused(con: duckdb.DuckDBPyConnection) -> None:
    """A run that is not in the ledger is the user's mistake and is named."""
    with pytest.raises(UserError, match="run-77"):
        check(con, now=NOW, since_run="run-77")


def test_offenders_are_counted_whole_and_shown_in_part(con: duckdb.DuckDBPyConnection) -> None:
    """All offenders count; the first 20 are shown."""
    con.execute("update boilerplate_spans set rule_id = ''")
    (result,) = check(con, now=NOW, only=["spans_are_explained"])
    assert result.offenders_count > len(result.offenders) == SHOWN_OFFENDERS
