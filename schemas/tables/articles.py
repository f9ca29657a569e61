"""Tables of the text itself: articles, their wordings, pictures, and everything that was taken out."""

from copydesk.schemas.enums import Completeness, Precision, SpanAction, SpanKind
from copydesk.schemas.table import (
    CLOCK,
    COUNT,
    DATE,
    FLAG,
    INTEGER,
    LAYOUT,
    RATIO,
    TEXT,
    TIMESTAMP,
    VERSIONS,
    WORDS,
    Column,
    Table,
)

ARTICLES = Table(
    name="articles",
    grain="published piece",
    key=("article_id",),
    columns={
        "article_id": Column(
            TEXT,
            "Hash of the canonical URL (its https form), else of source and own id (one that counts the rows of its"
            " file: with the file) or path, else of text.",
        ),
        "source_id": Column(TEXT, "The source that brought it first.", references="sources.source_id"),
        "site": Column(
            TEXT, "Registered domain of its URL, else its host; without a URL the publisher, else the source."
        ),
        "canonical_url": Column(TEXT, "Canonical URL, normalised.", is_nullable=True),
        "external_id": Column(TEXT, "The user's own identifier.", is_nullable=True),
        "origin": Column(TEXT, "Path or URL that it was first read from."),
        "first_seen_at": Column(TIMESTAMP, "When a document of it was first fetched."),
        "last_seen_at": Column(TIMESTAMP, "When a document of it was last fetched."),
        "run_id": Column(TEXT, "The run that brought it first.", references="runs.run_id"),
    },
)

ARTICLE_ALIASES = Table(
    name="article_aliases",
    grain="article id that is no more",
    key=("alias_article_id",),
    columns={
        "alias_article_id": Column(TEXT, "Id that is no longer in articles."),
        "article_id": Column(TEXT, "Where its first document is now.", references="articles.article_id"),
        "canonical_url": Column(TEXT, "Its canonical URL as it was.", is_nullable=True),
        "settled_at": Column(TIMESTAMP, "When, by the run's clock."),
        "run_id": Column(TEXT, "The run.", references="runs.run_id"),
    },
)

ARTICLES_TO_SETTLE = Table(
    name="articles_to_settle",
    grain="article that a migration has left to be settled again (state)",
    key=("article_id",),
    columns={
        "article_id": Column(TEXT, "The article.", references="articles.article_id"),
        "reason": Column(TEXT, "Why, in words."),
    },
)

REVISIONS = Table(
    name="revisions",
    grain="wording of an article",
    key=("revision_id",),
    columns={
        "revision_id": Column(TEXT, "Hash of the article and its wording (title, dek, body by the rules)."),
        "article_id": Column(TEXT, "The article.", references="articles.article_id"),
        "document_id": Column(
            TEXT,
            "Document that carried it first, or whose bytes came again with more on their time.",
            references="documents.document_id",
        ),
        "revision_number": Column(
            INTEGER,
            "Position among the article's wordings, from 1: by stated time, then first sight, then place.",
        ),
        "is_latest": Column(
            FLAG, "Whether it is the wording of the article's last document, in the same order."
        ),
        "same_as_revision_id": Column(
            TEXT,
            "Earlier wording of the article that reads the same once the site's own lines are out.",
            is_nullable=True,
            references="revisions.revision_id",
        ),
        "first_seen_at": Column(TIMESTAMP, "When this wording was first fetched."),
        "last_seen_at": Column(TIMESTAMP, "When this wording was last fetched."),
        "title": Column(TEXT, "Headline.", is_nullable=True),
        "dek": Column(TEXT, "Standfirst below the headline.", is_nullable=True),
        "authors": Column(WORDS, "Names of the people who wrote it, without prefix or office."),
        "authors_org": Column(
            WORDS, "Houses, desks and teams that stand where authors do.", is_nullable=True
        ),
        "authors_method": Column(
            TEXT,
            "Where the authors were read.",
            is_nullable=True,
            values=frozenset({"json_ld", "meta", "byline", "links", "carrier", "text", "site"}),
        ),
        "authors_rejected": Column(
            WORDS, "People whom other places of the page name, each with the place.", is_nullable=True
        ),
        "publisher": Column(
            TEXT, "Outlet, where page or text name it with high confidence.", is_nullable=True
        ),
        "publisher_guess": Column(TEXT, "Outlet, where only traces point to it.", is_nullable=True),
        "language": Column(
            TEXT, "ISO 639 code of the body's language; of two letters where it has one.", is_nullable=True
        ),
        "section": Column(TEXT, "Section or desk as the outlet names it.", is_nullable=True),
        "licence": Column(TEXT, "Licence that page or text state.", is_nullable=True),
        "agency": Column(TEXT, "News agency that the text is from.", is_nullable=True),
        "dateline": Column(TEXT, "Dateline as it opens the body.", is_nullable=True),
        "dateline_place": Column(TEXT, "Place that the dateline names.", is_nullable=True),
        "published_at": Column(
            TIMESTAMP, "Publication time; null when only a day is known.", is_nullable=True
        ),
        "published_local_at": Column(
            CLOCK,
            "Publication time on the publisher's clock, where nothing names its zone (minute_local).",
            is_nullable=True,
        ),
        "published_on": Column(DATE, "Publication day in the publisher's own time zone.", is_nullable=True),
        "published_precision": Column(TEXT, "How finely it is known.", True, values=frozenset(Precision)),
        "published_method": Column(TEXT, "Where the publication date was read.", is_nullable=True),
        "published_between_start_at": Column(TIMESTAMP, "Inferred: not written before.", is_nullable=True),
        "published_between_end_at": Column(TIMESTAMP, "Inferred: not written after.", is_nullable=True),
        "published_between_confidence": Column(
            TEXT, "How far the interval can be trusted.", True, values=frozenset({"low", "medium", "high"})
        ),
        "published_between_method": Column(TEXT, "What the interval was inferred from.", is_nullable=True),
        "comments_are_closed": Column(FLAG, "Whether the page said so.", is_nullable=True),
        "completeness": Column(TEXT, "How much of the piece this is.", values=frozenset(Completeness)),
        "body": Column(TEXT, "The cleaned text: a paragraph a line, blank lines between."),
        "body_sha256": Column(TEXT, "SHA-256 of the body in hex."),
        "body_words": Column(COUNT, "Words in the body.", unit="words"),
        "body_chars": Column(COUNT, "Unicode code points in the body.", unit="code points"),
        "words_hash": Column(
            TEXT, "Hash of the folded words in order, numbers kept; equal for exact copies."
        ),
        "extracted_sha256": Column(TEXT, "SHA-256 of the text before cleaning, which the spans count on."),
        "extracted_chars": Column(COUNT, "Code points in the text before cleaning.", unit="code points"),
        "layout": Column(LAYOUT, "White space that the body writes otherwise; restores the extracted text."),
        "versions": Column(VERSIONS, "Versions of the code, extractor, rule set and parameters."),
        "run_id": Column(TEXT, "The run that last wrote it.", references="runs.run_id"),
    },
)

IMAGES = Table(
    name="images",
    grain="picture of a revision",
    key=("revision_id", "position"),
    columns={
        "revision_id": Column(TEXT, "The revision.", references="revisions.revision_id"),
        "position": Column(INTEGER, "Position in the document, from 1."),
        "url": Column(TEXT, "Address of the picture.", is_nullable=True),
        "caption": Column(TEXT, "Caption without the credit.", is_nullable=True),
        "credit": Column(TEXT, "Photographer or agency.", is_nullable=True),
        "run_id": Column(TEXT, "The run that wrote it.", references="runs.run_id"),
    },
)

QUOTATIONS = Table(
    name="quotations",
    grain="quotation of a revision, in the body as the rules leave it",
    key=("revision_id", "position"),
    columns={
        "revision_id": Column(TEXT, "The revision.", references="revisions.revision_id"),
        "position": Column(INTEGER, "Position among the quotations of the body, from 1."),
        "text": Column(
            TEXT, "What stands between the marks: five words or more, fewer where a speaker is named."
        ),
        "speaker": Column(
            TEXT, "Who says it, where words beside it name a person, as fully as the text does.", True
        ),
        "evidence": Column(TEXT, "The words that name the speaker.", is_nullable=True),
        "run_id": Column(TEXT, "The run that wrote it.", references="runs.run_id"),
    },
)

BOILERPLATE_SPANS = Table(
    name="boilerplate_spans",
    grain="span taken out of a revision's extracted text",
    key=("revision_id", "start_char"),
    columns={
        "revision_id": Column(TEXT, "The revision.", references="revisions.revision_id"),
        "start_char": Column(INTEGER, "First code point, from 0.", unit="code points"),
        "end_char": Column(INTEGER, "Code point after the last.", unit="code points"),
        "kind": Column(TEXT, "What it is.", values=frozenset(SpanKind)),
        "action": Column(TEXT, "Dropped, or read into a column.", values=frozenset(SpanAction)),
        "rule_id": Column(TEXT, "The rule that decided."),
        "evidence": Column(TEXT, "What it matched or which neighbours spoke for it."),
        "confidence_ratio": Column(RATIO, "How sure the rule is.", unit="0 to 1"),
        "text": Column(TEXT, "The characters themselves."),
        "run_id": Column(TEXT, "The run that took it out.", references="runs.run_id"),
    },
)
