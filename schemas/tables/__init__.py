"""All tables of the warehouse, in the order in which a reader would want them."""

from schemas.table import Table
from schemas.tables.acquisition import DOCUMENTS, SOURCES, WATERMARKS
from schemas.tables.dates import DATE_CANDIDATES
from schemas.tables.operations import CHECK_RESULTS, QUARANTINE, RUNS
from schemas.tables.text import ARTICLES, BOILERPLATE_SPANS, IMAGES, REVISIONS

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        SOURCES,
        DOCUMENTS,
        ARTICLES,
        REVISIONS,
        IMAGES,
        BOILERPLATE_SPANS,
        DATE_CANDIDATES,
        QUARANTINE,
        RUNS,
        WATERMARKS,
        CHECK_RESULTS,
    )
}
"""Every table by its name."""
