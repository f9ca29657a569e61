"""Takes articles out of the tables as if their documents had never come, so that they can come again.

Who wants them out lays the temporary tables `leaving_articles` (article_id, canonical_url) and `leaving_documents`
(document_id, article_id, run_id): a replay (`replay/choose_leaving.py`), a takedown (`takedown/choose.py`).
"""

import duckdb

from copydesk.warehouse.site_memory.sightings import GoneLines
from copydesk.warehouse.write_revisions import delete_revisions
from copydesk.warehouse.write_table import delete_rows, update_rows

VERDICT = """
    exists (
        select 1 from leaving_documents
        where leaving_documents.document_id = quarantine.document_id
            and (leaving_documents.run_id = quarantine.run_id
                or quarantine.run_id in (select run_id from runs where flow = 'replay'))
    )
"""
"""The refusal that stands goes; earlier tries stay on record, and stay counted by their runs."""


def delete_articles(con: duckdb.DuckDBPyConnection) -> tuple[list[str], GoneLines]:
    """Remove what was chosen to leave; return the articles and what site memory must settle without them."""
    revisions = con.execute("select revision_id from revisions semi join leaving_articles using (article_id)")
    gone_lines = delete_revisions(con, [row[0] for row in revisions.fetchall()])
    delete_rows(con, "quarantine", VERDICT)
    delete_rows(con, "documents", "document_id in (select document_id from leaving_documents)")
    delete_rows(con, "articles", "article_id in (select article_id from leaving_articles)")
    rows = con.execute("select article_id from leaving_articles order by 1").fetchall()
    return [row[0] for row in rows], gone_lines


def name_first_runs(con: duckdb.DuckDBPyConnection) -> None:
    """Give documents and articles that came again the runs that first brought them, and count those runs anew."""
    update_rows(con, "documents", "select document_id, run_id from leaving_documents")
    update_rows(
        con,
        "articles",
        """
        select article_id, run_id from documents
        where article_id in (
            select article_id from documents semi join leaving_documents using (document_id)
        )
        qualify 1 = row_number() over (partition by article_id order by fetched_at, source_id, document_id)
        """,
    )
    recount_runs(con, "leaving_documents")


def recount_runs(con: duckdb.DuckDBPyConnection, named: str) -> None:
    """Count anew the documents of the runs that a table names."""
    update_rows(
        con,
        "runs",
        f"""
        select
            run_id,
            count(document_outcomes.document_id) as documents_count,
            count(*) filter (document_outcomes.outcome = 'new') as new_count,
            count(*) filter (document_outcomes.outcome = 'revised') as revised_count,
            count(*) filter (document_outcomes.outcome = 'unchanged') as unchanged_count,
            count(*) filter (document_outcomes.outcome = 'quarantined') as quarantined_count
        from runs left join document_outcomes using (run_id)
        where run_id in (select run_id from {named})
        group by run_id
        """,
    )
