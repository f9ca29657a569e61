"""The shapes of the staging folder, between arrival and commit: the declared tables, keyed by document.

A worker does not know which documents will open a revision, so what it finds hangs on the document.
"""

from copydesk.schemas.table import HASH, TIMESTAMP, Column, Table
from copydesk.schemas.tables import TABLES


def _derived(name: str, source: str, grain: str, *, without: set[str], extra: dict[str, Column]) -> Table:
    kept = {key: column for key, column in TABLES[source].columns.items() if key not in without}
    key = TABLES[source].key if source in {"url_states", "robots_rules"} else ("document_id",)
    return Table(name=name, grain=grain, key=key, columns={**extra, **kept})


_DOCUMENT = {"document_id": TABLES["documents"].columns["document_id"]}
_SETTLED = {"article_id", "revision_id", "stated_at", "outcome", "run_id"}

ARRIVALS = _derived("arrivals", "documents", "document taken in", without=_SETTLED, extra={})
REFINED = _derived(
    "refined",
    "revisions",
    "document that was accepted",
    without={"revision_number", "is_latest", "first_seen_at", "last_seen_at", "run_id"},
    extra={
        **_DOCUMENT,
        **{
            name: TABLES["articles"].columns[name]
            for name in ("source_id", "site", "canonical_url", "external_id", "origin")
        },
        "fetched_at": Column(TIMESTAMP, "When the document was read or fetched."),
        **{name: TABLES["documents"].columns[name] for name in ("charset", "stated_at")},
    },
)
REFUSALS = _derived("refusals", "quarantine", "document that was refused", without={"run_id"}, extra={})
SPANS = _derived(
    "spans", "boilerplate_spans", "span of a document", without={"revision_id", "run_id"}, extra=_DOCUMENT
)
PICTURES = _derived(
    "pictures", "images", "picture of a document", without={"revision_id", "run_id"}, extra=_DOCUMENT
)
QUOTATIONS = _derived(
    "quotations", "quotations", "quotation of a document", without={"revision_id", "run_id"}, extra=_DOCUMENT
)
DATES = _derived(
    "dates", "date_candidates", "date of a document", without={"revision_id", "run_id"}, extra=_DOCUMENT
)

SKETCHES = _derived(
    "sketches",
    "sketches",
    "sampled shingle hash of a document's body by the rules",
    without={"article_id", "revision_id", "run_id"},
    extra=_DOCUMENT,
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
FEATURES = _derived(
    "features",
    "story_features",
    "document that was accepted, as the stories read it",
    without={
        *("article_id", "revision_id", "language", "vote_id"),
        *("start_at", "end_at", "time_method", "run_id"),
    },
    extra=_DOCUMENT,
)

URL_STATES = _derived("url_states", "url_states", "address asked for", without={"run_id"}, extra={})
ROBOTS_RULES = _derived("robots_rules", "robots_rules", "robots.txt asked for", without={"run_id"}, extra={})

STAGING = "staging.main"
"""Under which the database knows what is staged: tables in memory, and views over the files of a portion.

The whole name: of `staging` alone it asks the lake first for a schema of that name, 3 ms a transaction.
"""

STAGED: dict[str, Table] = {
    table.name: table
    for table in (
        *(ARRIVALS, REFINED, REFUSALS, SPANS, PICTURES, QUOTATIONS, DATES, SKETCHES, FEATURES, LINE_KEYS),
        *(URL_STATES, ROBOTS_RULES),
    )
}
"""Every staged table by its name."""

STATE_TABLES = ("url_states", "robots_rules")
"""What is remembered of the network."""

REFINED_TABLES = (
    *("refined", "refusals", "spans", "pictures", "quotations", "dates"),
    *("sketches", "features", "line_keys"),
)
"""What refining a batch of documents gives."""
