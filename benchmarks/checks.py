"""Times every check on a made-up lake of many articles.

    python -m benchmarks.checks [--articles 1000000] [--threads 2] [--keep FOLDER]

The lake is made by SQL alone, a run of 10,000 articles at a time. Bodies are drawn from 5,000 made-up sentences, 28
a body (2.4 kB); each article has a document with its payload, 4 spans, 2 dates, 40 sampled shingles, a place in a
story, and every tenth is a copy. Then `check` runs as `copydesk check` runs it, once cold and once warm.
"""

import argparse
import resource
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from copydesk.schemas.tables import TABLES
from copydesk.warehouse.check import check
from copydesk.warehouse.connect import connect_reader, connect_writer
from copydesk.warehouse.create import create
from copydesk.warehouse.place import Place
from copydesk.warehouse.seal_files import seal_files

RUN_ARTICLES = 10_000
NOW = datetime(2025, 6, 1, tzinfo=UTC)

STAGE = """
create or replace temp table stage as
with drawn as (
    select
        i,
        left(sha256('article' || i), 20) as article_id,
        left(sha256('revision' || i), 20) as revision_id,
        left(sha256('document' || i), 20) as document_id,
        'source-' || (i // 7 % 200) as source_id,
        'run-' || lpad($run::varchar, 4, '0') as run_id,
        timestamptz '2025-05-31 12:00:00+00' - ($runs - $run) * interval 6 hour as seen_at,
        'The matter of ' || i || ' in the valley' as title,
        list_transform(range(7), lambda p: array_to_string(
            list_transform(range(4), lambda s: sentences[1 + (hash(i, p, s) % 5000)::int]), ' '
        )) as paragraphs
    from range($run * $size, ($run + 1) * $size) as r (i), pool
)
select
    *,
    title || chr(10) as head,
    array_to_string(paragraphs, chr(10) || chr(10)) as body,
    chr(10) || 'Give what you can, reader ' || (i % 97) || '.' as ask,
    title || chr(10) || array_to_string(paragraphs, chr(10))
        || chr(10) || 'Give what you can, reader ' || (i % 97) || '.' || chr(10) || 'Share this story' as extracted
from drawn
"""

POOL = """
create temp table pool as
select list(sentence) as sentences
from (
    select 'On day ' || n || ' ' || string_agg(
        ['the','council','ferry','river','opened','a','gate','near','hask','and','many','people','came','to','see',
         'what','had','been','built','there','by','old','hands','of','quell'][1 + (hash(n, w) % 25)::int], ' '
    ) || '.' as sentence
    from range(5000) as s (n), range(14) as t (w)
    group by n
)
"""

VERSIONS = "{'copydesk': '1', 'extractor': '1', 'rules': '1', 'parameters': '1'}"

FILLS = {
    "documents": """
        select document_id, source_id, 'https://' || source_id || '.example/' || i as origin, seen_at as fetched_at,
            'text/plain' as media_type, encode(extracted) as payload, sha256(extracted) as payload_sha256,
            strlen(extracted) as payload_bytes, article_id, revision_id, 'new' as outcome, run_id
        from stage""",
    "articles": """
        select article_id, source_id, source_id || '.example' as site, 'https://' || source_id || '.example/' || i
            as canonical_url, 'https://' || source_id || '.example/' || i as origin, seen_at as first_seen_at,
            seen_at as last_seen_at, run_id
        from stage""",
    "revisions": f"""
        select revision_id, article_id, document_id, 1 as revision_number, true as is_latest, seen_at as
            first_seen_at, seen_at as last_seen_at, title, ['Ada Quill'] as authors, 'en' as language,
            seen_at - interval 1 hour as published_at, (seen_at - interval 1 hour)::date as published_on,
            'minute' as published_precision, 'carrier' as published_method, 'full' as completeness, body,
            sha256(body) as body_sha256, 400 as body_words, length(body) as body_chars, left(sha256(body), 32) as
            words_hash, sha256(extracted) as extracted_sha256, length(extracted) as extracted_chars,
            list_transform(range(1, 7), lambda p: {{'at_char': (list_sum(list_transform(paragraphs[1:p],
                lambda t: length(t))) + 2 * (p - 1))::int, 'length_chars': 2, 'text': chr(10)}}) as layout,
            {VERSIONS} as versions, run_id
        from stage""",
    "boilerplate_spans": """
        select revision_id, unnest([
                {'start_char': 0, 'end_char': length(head), 'kind': 'title_line', 'action': 'metadata', 'text': head},
                {'start_char': length(head), 'end_char': length(head) + 6, 'kind': 'dateline', 'action': 'metadata',
                 'text': body[1:6]},
                {'start_char': length(extracted) - 17 - length(ask), 'end_char': length(extracted) - 17,
                 'kind': 'donation', 'action': 'drop', 'text': ask},
                {'start_char': length(extracted) - 17, 'end_char': length(extracted), 'kind': 'share',
                 'action': 'drop', 'text': chr(10) || 'Share this story'}
            ], recursive := true), 'rule-1' as rule_id, 'line matched' as evidence, 1.0 as confidence_ratio, run_id
        from stage""",
    "date_candidates": """
        select revision_id, n + 1 as ordinal, '2025-05-01' as value, 'day' as precision, if(n = 0, 'published',
            'background') as kind, 'carrier' as method, '2025-05-01' as evidence, n = 0 as is_chosen, 'stated' as
            reason, run_id
        from stage, range(2) as t (n)""",
    "sketches": """
        select article_id, revision_id, hash(i, n) as shingle_hash, 400 as shingle_count, run_id
        from stage, range(40) as t (n) order by i, n""",
    "duplicate_groups": """
        select article_id, left(sha256('article' || (i // 10 * 10)), 20) as group_id, i % 10 = 0 as
            is_representative, run_id
        from stage where i % 10 < 2""",
    "duplicates": """
        select least(a, b) as article_id_a, greatest(a, b) as article_id_b, least(ra, rb) as revision_id_a,
            greatest(ra, rb) as revision_id_b, 'near' as relation, 0.9 as jaccard_ratio, 0.95 as containment_ratio,
            0.9 as carried_ratio, ['1']::varchar[] as shared_numbers, []::varchar[] as differing_numbers,
            'nine tenths of the words' as evidence, seen_at as decided_at, run_id
        from (select left(sha256('article' || i), 20) as a, left(sha256('article' || (i + 1)), 20) as b,
                revision_id as ra, left(sha256('revision' || (i + 1)), 20) as rb, seen_at, run_id
            from stage where i % 10 = 0)""",
    "stories": """
        select left(sha256('story' || i), 20) as story_id, title as headline, 'title' as headline_method, article_id
            as representative_article_id, seen_at as first_seen_at, seen_at as last_seen_at, 5 as article_count,
            5 as vote_count, 5 as source_count, 0.5 as cohesion_ratio, 0 as vocabulary_version, seen_at as
            settled_at, run_id
        from stage where i % 5 = 0""",
    "story_members": """
        select article_id, left(sha256('story' || (i // 5 * 5)), 20) as story_id, 0.5 as score, 'shares words' as
            evidence, seen_at as joined_at, run_id
        from stage""",
    "story_features": """
        select article_id, revision_id, 'en' as language, article_id as vote_id, seen_at, seen_at as start_at,
            seen_at as end_at, 'published' as time_method, title as headline, 'title' as headline_method,
            list_transform(range(60), lambda n: (hash(i, n) >> 1)::bigint) as terms, run_id
        from stage""",
    "runs": f"""
        select any_value(run_id) as run_id, 'ingest' as flow, min(seen_at) as started_at, max(seen_at) as
            finished_at, ['all'] as sources, count(*) as documents_count, 0 as known_count, count(*) as new_count,
            0 as revised_count, 0 as unchanged_count, 0 as quarantined_count, 0 as removed_chars, '{{}}' as steps,
            '{{}}' as parameters, {VERSIONS} as versions, []::varchar[] as notes, 'done' as outcome
        from stage""",
}

SOURCES = """
    insert into sources by name
    select 'source-' || n as source_id, 'folder' as kind, 'in' as path, true as is_enabled, 0 as entries_seen_count,
        0 as failures_in_row_count, true as has_trusted_validators, false as is_silent, 'run-0000' as run_id
    from range(200) as t (n)
"""


def make_lake(place: Place, *, articles: int) -> None:
    con = connect_writer(place)
    create(con)
    con.execute(POOL)
    runs = max(articles // RUN_ARTICLES, 1)
    for run in range(runs):
        add_run(con, run=run, runs=runs, size=min(RUN_ARTICLES, articles))
    con.execute(SOURCES)
    seal_files(con, place)
    con.close()


def add_run(con: duckdb.DuckDBPyConnection, *, run: int, runs: int, size: int) -> None:
    con.execute(STAGE, {"run": run, "runs": runs, "size": size})
    con.execute("begin")
    for table, rows in FILLS.items():
        con.execute(f"insert into {table} by name select *{_rest(con, table, rows)} from ({rows})")
    con.execute("commit")


def _rest(con: duckdb.DuckDBPyConnection, table: str, rows: str) -> str:
    """What the made-up rows do not say and may not be null: nothing, in each column's type."""
    said = {row[0] for row in con.execute(f"describe {rows}").fetchall()}
    types = {row[0]: row[1] for row in con.execute(f"describe {table}").fetchall()}
    missing = [n for n, column in TABLES[table].columns.items() if not column.is_nullable and n not in said]
    return "".join(f", {'[]' if types[n].endswith('[]') else '0'}::{types[n]} as {n}" for n in missing)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1_000_000)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--keep", type=Path, help="make the lake here, or use the one that is here")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = Place((options.keep or Path(folder)).resolve())
        if not place.is_created:
            started = time.perf_counter()
            make_lake(place, articles=options.articles)
            print(f"made {options.articles:,} articles in {time.perf_counter() - started:.0f} s")
        for state in ("first", "second"):
            time_checks(place, options.threads, state)


def time_checks(place: Place, threads: int, state: str) -> None:
    started = time.perf_counter()
    with connect_reader(place) as con:
        con.execute(f"set threads = {threads}")
        results = check(con, now=NOW, place=place)
    seconds = time.perf_counter() - started
    for result in sorted(results, key=lambda each: -each.seconds):
        mark = "ok" if result.is_passed else f"{result.offenders_count} offenders {result.problem or ''}"
        print(f"  {result.seconds:7.3f} s  {result.name}  {mark}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10
    print(f"{state} pass: {len(results)} checks in {seconds:.2f} s on {threads} threads, peak {peak:,.0f} MB")


if __name__ == "__main__":
    main()
