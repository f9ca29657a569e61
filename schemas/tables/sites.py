"""Tables of site memory: which lines a site repeats, where each was seen, and which lines might be repeated."""

import pyarrow as pa

from copydesk.schemas.table import COUNT, DATE, FLAG, HASH, PARAMETERS_VERSION, RATIO, TEXT, Column, Table

PLACES = frozenset({"head", "middle", "tail", "any"})

_LINE = {
    "site": Column(TEXT, "The site, as in articles."),
    "line_sha256": Column(TEXT, "SHA-256 of the folded line in hex."),
    "place": Column(
        TEXT, "Where in its articles it stands; any for a line in the outlet's own voice.", values=PLACES
    ),
}

SITE_LINES = Table(
    name="site_lines",
    grain="line that several articles of a site carry at one place (state)",
    key=("site", "line_sha256", "place"),
    columns={
        **_LINE,
        "line_hash": Column(HASH, "Short name of site, place and line, as in site_sightings."),
        "line": Column(TEXT, "The folded line: no case, punctuation, accents, counters."),
        "article_count": Column(COUNT, "Articles that carry it in any wording.", unit="articles"),
        "witness_count": Column(
            COUNT, "Of up to 48 of them, those on different matters: copies count once.", unit="articles"
        ),
        "day_count": Column(COUNT, "Publication days of those, where known.", unit="days"),
        "first_published_on": Column(DATE, "Earliest publication day of its articles, where known.", True),
        "last_published_on": Column(DATE, "Latest publication day of its articles, where known.", True),
        "verdict": Column(TEXT, "Whose line it is.", values=frozenset({"boilerplate", "story"})),
        "reason": Column(TEXT, "Why, in words."),
        "parameters_version": PARAMETERS_VERSION,
        "run_id": Column(TEXT, "The run that last changed the row.", references="runs.run_id"),
    },
)

SITE_SIGHTINGS = Table(
    name="site_sightings",
    grain="line of a revision that might be its site's and that another article of the site may carry (state)",
    key=("revision_id", "line_hash"),
    columns={
        "revision_id": Column(TEXT, "The revision.", references="revisions.revision_id"),
        "article_id": Column(TEXT, "Its article.", references="articles.article_id"),
        "line_hash": Column(HASH, "Short name of site, place and folded line."),
        "is_sentence": Column(FLAG, "Whether it reads like a sentence."),
        "is_closing": Column(FLAG, "Whether no paragraph of prose stands below it."),
        "related_ratio": Column(RATIO, "Share of its longer words that stand in the rest of the body."),
        "published_on": Column(DATE, "Publication day of the revision.", is_nullable=True),
        "kernel": Column(pa.list_(pa.int64()), "Hashes of the longest paragraphs of the body."),
        "names": Column(pa.list_(pa.int64()), "Hashes of the names that the body repeats most."),
        "run_id": Column(TEXT, "The run that wrote it.", references="runs.run_id"),
    },
)

SITE_KEYS = Table(
    name="site_keys",
    grain="key among the lines of a revision (state: finds lines that articles of a site share by a join)",
    key=("revision_id", "key_hash"),
    columns={
        "key_hash": Column(
            HASH, "Hash of the site (24 bits), then of the letters of the folded line (40 bits)."
        ),
        "revision_id": Column(TEXT, "The revision.", references="revisions.revision_id"),
        "article_id": Column(TEXT, "Its article.", references="articles.article_id"),
        "run_id": Column(TEXT, "The run that wrote it.", references="runs.run_id"),
    },
)
