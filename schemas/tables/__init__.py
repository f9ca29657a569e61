"""All tables of the warehouse, in the order in which a reader would want them."""

from copydesk.schemas.table import Table
from copydesk.schemas.tables.copies import (
    DUPLICATE_GROUP_EVENTS,
    DUPLICATE_GROUPS,
    DUPLICATES,
    LOOK_ALIKES,
    SKETCHES,
)
from copydesk.schemas.tables.dates import DATE_CANDIDATES, TEXT_INTERVALS
from copydesk.schemas.tables.documents import DOCUMENTS
from copydesk.schemas.tables.network import ROBOTS_RULES, SOURCE_RUNS, SOURCES, URL_STATES, WATERMARKS
from copydesk.schemas.tables.operations import (
    CHECK_RESULTS,
    QUARANTINE,
    RUNS,
    SCHEMA_MIGRATIONS,
    TAKEDOWNS,
    TOMBSTONES,
)
from copydesk.schemas.tables.sites import SITE_KEYS, SITE_LINES, SITE_SIGHTINGS
from copydesk.schemas.tables.stories import (
    STORIES,
    STORY_ALIASES,
    STORY_EVENTS,
    STORY_FEATURES,
    STORY_KEYS,
    STORY_LINKS,
    STORY_MEMBERS,
    STORY_VOCABULARY,
    STORY_VOCABULARY_VERSIONS,
)
from copydesk.schemas.tables.text import (
    ARTICLE_ALIASES,
    ARTICLES,
    ARTICLES_TO_SETTLE,
    BOILERPLATE_SPANS,
    IMAGES,
    REVISIONS,
)

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        SOURCES,
        DOCUMENTS,
        ARTICLES,
        ARTICLE_ALIASES,
        ARTICLES_TO_SETTLE,
        REVISIONS,
        IMAGES,
        BOILERPLATE_SPANS,
        DATE_CANDIDATES,
        TEXT_INTERVALS,
        SITE_LINES,
        SITE_SIGHTINGS,
        SITE_KEYS,
        SKETCHES,
        DUPLICATES,
        LOOK_ALIKES,
        DUPLICATE_GROUPS,
        DUPLICATE_GROUP_EVENTS,
        STORIES,
        STORY_MEMBERS,
        STORY_EVENTS,
        STORY_ALIASES,
        STORY_LINKS,
        STORY_FEATURES,
        STORY_KEYS,
        STORY_VOCABULARY,
        STORY_VOCABULARY_VERSIONS,
        QUARANTINE,
        RUNS,
        SOURCE_RUNS,
        WATERMARKS,
        URL_STATES,
        ROBOTS_RULES,
        CHECK_RESULTS,
        TAKEDOWNS,
        TOMBSTONES,
        SCHEMA_MIGRATIONS,
    )
}
"""Every table by its name."""
