"""The shapes of the staging folder, between arrival and commit: the declared tables, keyed by document.

A worker does not know which documents will open a revision, so what it finds hangs on the document.
"""

from collections.abc import Collection, Mapping

from copydesk.schemas.table import HASH, TIMESTAMP, Column, Table
from copydesk.schemas.tables import TABLES


def _staged(
    name: str, lake: str, grain: str, *, without: Collection[str] = (), also: Mapping[str, Column]
) -> Table:
    """Return the shape of rows that a table of the lake will have, without what only a run knows of them."""
    kept = {key: column for key, column in TABLES[lake].columns.items() if key not in {*without, "run_id"}}
    key = TABLES[lake].key if lake in STATE_TABLES else ("document_id",)
    return Table(name=name, grain=grain, key=key, columns={**also, **kept})


STATE_TABLES = ("url_states", "robots_rules")
"""What is remembered of the network."""

WORDING_TABLES = ("images", "quotations", "boilerplate_spans", "date_candidates")
"""The tables of the lake whose rows hang on a wording and are those of the document that opens it."""

_DOCUMENT = {"document_id": TABLES["documents"].columns["document_id"]}

ARRIVALS = _staged(
    "arrivals",
    "documents",
    "document taken in",
    without=("article_id", "revision_id", "stated_at", "outcome"),
    also={},
)
REFUSALS = _staged("refusals", "quarantine", "document that was refused", also={})
REFINED = _staged(
    "refined",
    "revisions",
    "document that was accepted",
    without=("revision_number", "is_latest", "first_seen_at", "last_seen_at"),
    also={
        **_DOCUMENT,
        **{
            name: TABLES["articles"].columns[name]
            for name in ("source_id", "site", "canonical_url", "external_id", "origin")
        },
        "fetched_at": Column(TIMESTAMP, "When the document was read or fetched."),
        **{name: TABLES["documents"].columns[name] for name in ("charset", "stated_at")},
    },
)
SKETCHES = _staged(
    "sketches",
    "sketches",
    "sampled shingle hash of a document's body by the rules",
    without=("article_id", "revision_id"),
    also=_DOCUMENT,
)
LINE_KEYS = Table(
    name="line_keys",
    grain="key among the lines of a document's body by the rules",
    key=("document_id", "line_key"),
    columns={
        **_DOCUMENT,
        "line_key": Column(HASH, "Hash of the letters of the folded line (40 bits), as in site_keys."),
    },
)
STORY_FEATURES = _staged(
    "story_features",
    "story_features",
    "document that was accepted, as the stories read it",
    without=("article_id", "revision_id", "language", "vote_id", "start_at", "end_at", "time_method"),
    also=_DOCUMENT,
)

STAGING = "staging.main"
"""Under which the database knows what is staged: tables in memory, and views over the files of a portion.

The whole name: of `staging` alone it asks the lake first for a schema of that name, 3 ms a transaction.
"""

_OF_DOCUMENTS = (
    *(REFINED, REFUSALS),
    *(
        _staged(name, name, f"row of {name} of a document", without={"revision_id"}, also=_DOCUMENT)
        for name in WORDING_TABLES
    ),
    *(SKETCHES, STORY_FEATURES, LINE_KEYS),
)
STAGED: dict[str, Table] = {
    table.name: table
    for table in (
        ARRIVALS,
        *_OF_DOCUMENTS,
        *(_staged(name, name, f"row of {name} learned with a shard", also={}) for name in STATE_TABLES),
    )
}
"""Every staged table by its name."""

REFINED_TABLES = tuple(table.name for table in _OF_DOCUMENTS)
"""What refining a batch of documents gives."""
