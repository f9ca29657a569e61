"""Decides what each document brings: a new article, a new wording of a known one, or nothing new.

Enters: one row a document (document_id, article_id, revision_id, fetched_at), and the revisions that the
warehouse knows of those articles (revision_id, article_id, document_id, first_seen_at, last_seen_at).
Leaves: the outcome of each document, and the state of every revision of the articles touched.
Rows are ordered by time and then by identifier, so that the outcome does not hang on the order of arrival.
"""

from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc


@dataclass(frozen=True, slots=True)
class Revised:
    """What became of the documents, and the state of all revisions of the articles that they touch.

    `outcomes`: document_id, article_id, revision_id, outcome. `revisions`: revision_id, article_id,
    document_id (of the first that carried it), is_new, first_seen_at, last_seen_at, revision_number,
    is_latest.
    """

    outcomes: pa.Table
    revisions: pa.Table


def revise(documents: pa.Table, known: pa.Table) -> Revised:
    """Return the outcome of each document and the numbering of all revisions of their articles."""
    revisions = _number(_merge(documents, known))
    return Revised(_outcomes(documents, revisions, known), revisions)


def _merge(documents: pa.Table, known: pa.Table) -> pa.Table:
    """One row a revision: first and last sight, and the document that carried it first (a known one wins)."""
    columns = ["revision_id", "article_id", "document_id", "first_seen_at", "last_seen_at", "is_new"]
    fetched = documents["fetched_at"]
    seen = pa.table(
        [
            documents["revision_id"],
            documents["article_id"],
            documents["document_id"],
            fetched,
            fetched,
            pa.array([True] * documents.num_rows, pa.bool_()),
        ],
        names=columns,
    )
    old = known.append_column("is_new", pa.array([False] * known.num_rows, pa.bool_())).select(columns)
    rows = pa.concat_tables([old.cast(seen.schema), seen])
    ordered = rows.sort_by(
        [("is_new", "ascending"), ("first_seen_at", "ascending"), ("document_id", "ascending")]
    )
    return (
        ordered.group_by(["revision_id", "article_id"], use_threads=False)
        .aggregate(
            [("document_id", "first"), ("is_new", "min"), ("first_seen_at", "min"), ("last_seen_at", "max")]
        )
        .rename_columns([*columns[:3], "is_new", "first_seen_at", "last_seen_at"])
    )


def _number(revisions: pa.Table) -> pa.Table:
    ordered = revisions.sort_by(
        [("article_id", "ascending"), ("first_seen_at", "ascending"), ("revision_id", "ascending")]
    )
    numbers: list[int] = []
    previous = None
    for article in ordered["article_id"].to_pylist():
        numbers.append(numbers[-1] + 1 if article == previous else 1)
        previous = article
    ordered = ordered.append_column("revision_number", pa.array(numbers, pa.int32()))
    return ordered.append_column("is_latest", _is_latest(ordered))


def _is_latest(revisions: pa.Table) -> pa.Array:
    """Whether a revision was the last to be seen of its article; of several, the one that came up last."""
    by_sight = revisions.sort_by(
        [("article_id", "ascending"), ("last_seen_at", "ascending"), ("revision_number", "ascending")]
    )
    last = by_sight.group_by("article_id", use_threads=False).aggregate([("revision_id", "last")])
    return pc.is_in(revisions["revision_id"], value_set=last["revision_id_last"])


def _outcomes(documents: pa.Table, revisions: pa.Table, known: pa.Table) -> pa.Table:
    first = revisions.filter(revisions["is_new"])
    brings = pc.is_in(documents["document_id"], value_set=first["document_id"])
    opening = first.filter(
        pc.and_(
            pc.equal(first["revision_number"], 1),
            pc.invert(pc.is_in(first["article_id"], value_set=known["article_id"])),
        )
    )
    opens = pc.is_in(documents["document_id"], value_set=opening["document_id"])
    outcome = pc.if_else(opens, "new", pc.if_else(brings, "revised", "unchanged"))
    return documents.select(["document_id", "article_id", "revision_id"]).append_column("outcome", outcome)
