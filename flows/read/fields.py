"""Tells which column of a file of rows is which field, whoever wrote the file."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from copydesk.flows.read.format_of import ending_of

FIELDS: dict[str, tuple[str, ...]] = {
    "id": ("id", "doc_id", "article_id", "uuid", "guid"),
    "url": ("url", "link", "canonical_url", "source_url", "article_url", "webpage_url"),
    "title": ("title", "headline", "hed", "titel", "titre", "título", "titulo", "titolo"),
    "text": (
        *("text", "body", "content", "maintext", "article_text", "raw_text", "plain_text", "full_text"),
        *("articlebody", "content_text", "cleaned_text", "article", "story", "texte", "texto", "testo"),
    ),
    "html": ("html", "raw_html", "content_html"),
    "published_at": (
        *("published_at", "date", "publish_date", "date_publish", "published", "published_date", "pub_date"),
        *("publication_date", "publishing_date", "publishedat", "datepublished", "date_published", "pubdate"),
        *("date_gmt", "datum", "fecha"),
    ),
    "source": (
        *("source", "outlet", "publisher", "source_domain", "site", "sitename", "site_name", "publication"),
        *("newspaper", "domain", "source_name", "media_name", "quelle", "fuente"),
    ),
    "language": ("language", "lang", "sprache", "langue", "idioma"),
    "authors": ("authors", "author", "byline", "creator", "authors_list", "autor", "auteur", "autore"),
}
"""The fields of a row, and the columns that are read as such, in order; the first that holds something counts."""

Names = dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Preset:
    """What a tool writes: known by the columns of any of its `signs`, with its own words for the fields."""

    name: str
    signs: tuple[frozenset[str], ...]
    fields: Names


def _preset(name: str, signs: Iterable[str], **fields: str) -> Preset:
    words = {each: tuple(columns.split()) for each, columns in fields.items()}
    return Preset(name, tuple(frozenset(sign.split()) for sign in signs), words)


PRESETS = (
    _preset(
        "news-please",
        ["maintext date_publish", "maintext date_download"],
        text="maintext text", published_at="date_publish", source="source_domain", title="title title_page title_rss",
    ),
    _preset(
        "fundus",
        ["plain_text publishing_date", "free_access publishing_date", "plain_text requested_url"],
        text="plain_text body", html="html.content html", published_at="publishing_date published_date",
        source="publisher source_info.publisher html.source_info.publisher sitename",
        url="responded_url html.responded_url requested_url html.requested_url url",
    ),
    _preset(
        "Media Cloud",
        ["media_name publish_date", "stories_id media_id", "indexed_date publish_date", "text_content article_title"],
        id="stories_id id", title="title article_title", text="text text_content story_text",
        published_at="publish_date publication_date", source="media_name media_url canonical_domain",
        url="url original_url normalized_url",
    ),
    _preset("CC-News", ["domain image_url date text"], source="domain", published_at="date"),
    # Their date is when GDELT saw the page: no date of publication.
    _preset(
        "GDELT's article list", ["seendate domain", "url mobileurl date title"], published_at="", source="domain",
    ),
    _preset(
        "newspaper4k",
        ["publish_date top_image", "publish_date meta_keywords", "publish_date canonical_link"],
        published_at="publish_date", source="meta_site_name", url="url canonical_link", language="meta_lang language",
    ),
    _preset(
        "trafilatura",
        ["fingerprint source_hostname", "fingerprint hostname", "hostname excerpt"],
        url="source url", source="source_hostname sitename hostname", text="text raw_text", published_at="date",
    ),
    _preset("NewsAPI", ["publishedat urltoimage"], published_at="publishedat", source="source"),
    _preset(
        "the Guardian's API",
        ["webtitle webpublicationdate"],
        title="webtitle", published_at="webpublicationdate", url="weburl", text="fields.bodytext", html="fields.body",
        authors="fields.byline",
    ),
)  # fmt: skip
"""Tools whose columns mean something else than the words say, or have words of their own."""


@dataclass(frozen=True, slots=True, eq=False)
class ColumnMap:
    """Which columns of a row are which field (in order), the tool whose they are, and which are not used.

    `missing` are those of which the user spoke and that are not there.
    """

    columns: dict[str, tuple[tuple[str, ...], ...]]
    preset: str | None
    unused: tuple[str, ...]
    missing: tuple[str, ...] = ()

    def gives_documents(self, wishes: "Wishes") -> bool:
        """Return whether rows can hold a text or a page at all, or the address of one that is asked for."""
        wanted = ("text", "html", "url") if wishes.fetches else ("text", "html")
        return any(self.places(name) for name in wanted)

    def places(self, name: str) -> tuple[tuple[str, ...], ...]:
        """Return the places of a field: a column, and for what is nested the names below it."""
        return self.columns[name]


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the user says of columns: which is which field, which are kept, and whether bare addresses are asked for."""

    mapped: tuple[tuple[str, tuple[str, ...]], ...] = ()
    kept: tuple[str, ...] = ()
    fetches: bool = False


@dataclass(slots=True)
class FieldNotes:
    """Counts rows by their map of columns, to say after a run how they were read."""

    rows: Counter[ColumnMap] = field(default_factory=Counter)
    passed_over: Counter[str] = field(default_factory=Counter)
    not_articles: Counter[str] = field(default_factory=Counter)
    """Objects without text, title and address, by the file that they stand in."""
    empty_files: int = 0

    def pass_over(self, name: str, *, is_dir: bool = False) -> None:
        """Count a file of no format of ours."""
        if not is_dir:
            self.passed_over[ending_of(name)] += 1

    def clear(self) -> None:
        """Begin anew, as a reading does that is tried again."""
        self.rows.clear()
        self.passed_over.clear()
        self.not_articles.clear()
        self.empty_files = 0

    def lines(self) -> tuple[str, ...]:
        """Return a line for the tools that were recognised, and one for columns that were not used."""
        presets: Counter[str] = Counter()
        unused: dict[str, None] = {}
        missing = [set(column_map.missing) for column_map in self.rows]
        for column_map, count in self.rows.items():
            if column_map.preset:
                presets[column_map.preset] += count
            unused |= dict.fromkeys(column_map.unused)
        told = ", ".join(
            f"{count:,} {name}" for name, count in sorted(presets.items(), key=lambda each: -each[1])
        )
        lines = [f"rows read as their tools write them: {told}"] if presets else []
        if unused:
            names = ", ".join(sorted(unused)[:SHOWN_COLUMNS])
            more = f" and {len(unused) - SHOWN_COLUMNS} more" if len(unused) > SHOWN_COLUMNS else ""
            lines.append(f"columns not used: {names}{more} (--keep COLUMN, --map FIELD=COLUMN)")
        if absent := set.intersection(*missing) if missing else set():
            lines.append(f"no row has the column {', '.join(sorted(absent))}")
        if self.passed_over:
            lines.append(f"passed over inside archives: {named_endings(self.passed_over)}")
        if self.not_articles:
            count, files = self.not_articles.total(), sorted(self.not_articles)
            more = f" and {len(files) - SHOWN_FILES} more" if len(files) > SHOWN_FILES else ""
            lines.append(
                f"objects passed over, without text, title and address: {count:,}"
                f" (in {', '.join(files[:SHOWN_FILES])}{more})"
            )
        if self.empty_files:
            lines.append(f"files without a byte in them: {self.empty_files:,}")
        return tuple(lines)


def named_endings(counts: Counter[str]) -> str:
    """Return endings with their numbers, the most frequent first."""
    return ", ".join(
        f"{count:,} {ending}"
        for ending, count in sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    )


SHOWN_COLUMNS, SHOWN_FILES = 12, 4
NO_WISHES = Wishes()


@lru_cache(maxsize=1024)
def map_columns(columns: tuple[str, ...], wishes: Wishes = NO_WISHES) -> ColumnMap:
    """Return which of these columns is which field: by the user's word, then the tool's, then the usual names."""
    named: Names = {}
    for column in columns:
        named[_folded(column)] = (*named.get(_folded(column), ()), column)
    preset = next((each for each in PRESETS if any(sign <= named.keys() for sign in each.signs)), None)
    mapped = dict(wishes.mapped)
    places = {name: _places(name, named, mapped, preset) for name in FIELDS}
    used = {place[0] for each in places.values() for place in each} | set(wishes.kept)
    unused = tuple(column for column in columns if column not in used)
    wanted = [column for words in mapped.values() for column in words] + [*wishes.kept]
    missing = tuple(each for each in wanted if _folded(each.partition(".")[0]) not in named)
    return ColumnMap(places, preset.name if preset else None, unused, missing)


def _places(name: str, named: Names, mapped: Names, preset: Preset | None) -> tuple[tuple[str, ...], ...]:
    said = (
        tuple(place)
        for word in mapped.get(name, ())
        for place in [[column] for column in named.get(_folded(word), ())] or [word.split(".")]
    )
    words = preset.fields[name] if preset and name in preset.fields else FIELDS[name]
    split = [word.split(".") for word in words]
    known = ((column, *rest) for first, *rest in split for column in named.get(first, ()))
    return tuple(dict.fromkeys((*said, *known)))


def _folded(column: str) -> str:
    return column.strip().lower().replace(" ", "_").replace("-", "_")
