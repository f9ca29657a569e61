"""All tables of the warehouse, in the order in which a reader would want them."""

from copydesk.schemas.table import Table
from copydesk.schemas.tables.articles import (
    ARTICLE_ALIASES,
    ARTICLES,
    ARTICLES_TO_SETTLE,
    BOILERPLATE_SPANS,
    IMAGES,
    QUOTATIONS,
    REVISIONS,
)
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

SHELVES: dict[str, tuple[Table, ...]] = {
    "What analysts ask": (
        *(ARTICLES, REVISIONS, QUOTATIONS, IMAGES, BOILERPLATE_SPANS, DATE_CANDIDATES),
        *(DUPLICATES, DUPLICATE_GROUPS, STORIES, STORY_MEMBERS),
    ),
    "What the pipeline keeps on record": (
        *(SOURCES, DOCUMENTS, QUARANTINE, RUNS, SOURCE_RUNS, WATERMARKS, CHECK_RESULTS, TAKEDOWNS),
        *(ARTICLE_ALIASES, LOOK_ALIKES, DUPLICATE_GROUP_EVENTS, STORY_EVENTS, STORY_ALIASES, STORY_LINKS),
        SITE_LINES,
    ),
    "State: what the next run remembers": (
        *(ARTICLES_TO_SETTLE, TEXT_INTERVALS, SITE_SIGHTINGS, SITE_KEYS, SKETCHES),
        *(STORY_FEATURES, STORY_KEYS, STORY_VOCABULARY, STORY_VOCABULARY_VERSIONS),
        *(URL_STATES, ROBOTS_RULES, TOMBSTONES, SCHEMA_MIGRATIONS),
    ),
}
"""The tables by who reads them: a question about the news needs the first shelf and the views."""

TABLES: dict[str, Table] = {table.name: table for shelf in SHELVES.values() for table in shelf}
"""Every table by its name."""
