"""Read what stories compare out of articles: terms, quotations, years, facts.

Enters: articles with title, body and times. Leaves: rows of the table story_features.
"""

import re
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from copydesk.transforms.stories.read_facts import find_contrasts, read_facts
from copydesk.transforms.stories.scan_texts import Scan, scan_texts
from copydesk.transforms.stories.vocabulary import STEM_LETTERS, WITH_ENDINGS
from copydesk.transforms.text.may_hold import leads_of, may_hold

if TYPE_CHECKING:
    import numpy as np

FEATURES_VERSION = 5
_BATCH = 512
"""Texts a scan: bounds the memory of the scan's scratch arrays."""

_ALL_LETTERS = 1 << 31
HAN_LETTERS = 2
SYLLABLES = 3
_UNSPACED = leads_of(
    (0xE00, 0xEFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x3040, 0x30FF), (0x3400, 0x9FFF), (0xF900, 0xFAFF)
)
_MAY_BE_UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
)
_HAN = re.compile(rf"[\u3005\u3400-\u9fff\uf900-\ufaff]{{{HAN_LETTERS},}}")
_HIRAGANA = re.compile(r"[\u3040-\u309f]+")
_KATAKANA = re.compile(r"[\u30a1-\u30fa\u30fc]+")
_SOUTHERN = re.compile(r"[\u0e00-\u0e4f\u0e80-\u0ecf\u0edc-\u0eff\u1000-\u103f\u1050-\u109f\u1780-\u17d3]+")
_SYLLABLE = re.compile(
    r"[\u0e40-\u0e44\u0ec0-\u0ec4]*[\u0e01-\u0e2e\u0e81-\u0eae\u0edc-\u0edf\u1000-\u102a\u1780-\u17b3]"
    r"[^\u0e01-\u0e2e\u0e40-\u0e44\u0e81-\u0eae\u0ec0-\u0ec4\u0edc-\u0edf\u1000-\u102a\u1780-\u17b3]*"
)
HEADLINE_CHARS = 160
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s|\n")
_KEPT = ("article_id", "revision_id", "source_id", "outlet", "language", "vote_id", "is_representative")
_TIMES = ("seen_at", "start_at", "end_at", "time_method")
EMPTY_FEATURES = pa.schema(
    [
        ("article_id", pa.string()),
        ("revision_id", pa.string()),
        ("source_id", pa.string()),
        ("outlet", pa.string()),
        ("language", pa.string()),
        ("vote_id", pa.string()),
        ("is_representative", pa.bool_()),
        ("seen_at", pa.timestamp("us", tz="UTC")),
        ("start_at", pa.timestamp("us", tz="UTC")),
        ("end_at", pa.timestamp("us", tz="UTC")),
        ("time_method", pa.string()),
        ("headline", pa.string()),
        ("headline_method", pa.string()),
        ("terms", pa.list_(pa.int64())),
        ("lead_names", pa.list_(pa.int64())),
        ("quotes", pa.list_(pa.int64())),
        ("latest_year", pa.int32()),
        ("contrast_years", pa.list_(pa.int32())),
        ("facts", pa.list_(pa.int64())),
        ("features_version", pa.int32()),
    ]
)
"""Columns that the steps after this one use; more may stand in the table."""

QUOTATIONS = pa.list_(pa.struct([("opens", pa.int64()), ("closes", pa.int64())]))
TEXT_FEATURES = pa.schema(
    [*(field for field in EMPTY_FEATURES if field.name not in {*_KEPT, *_TIMES}), ("quotations", QUOTATIONS)]
)


def read_features(articles: pa.Table) -> pa.Table:
    """Return one row an article, in the order given.

    `articles` has article_id, revision_id, source_id, outlet (null where unknown), language, title, body, vote_id,
    is_representative, seen_at, start_at, end_at and time_method. The title becomes the headline; without one, the
    first sentence.
    """
    facts = articles.select([*_KEPT, *_TIMES])
    language = pc.fill_null(facts["language"], "und")
    facts = facts.set_column(facts.column_names.index("language"), "language", language)
    texts = read_texts(articles)
    return pa.table({**_columns(facts), **_columns(texts)}).select(EMPTY_FEATURES.names).cast(EMPTY_FEATURES)


def read_texts(articles: pa.Table) -> pa.Table:
    """Return what hangs on the texts alone: TEXT_FEATURES, one row an article in the order given.

    `articles` has title, body, language and seen_at: years after that are not taken for years of the past. `quotations`
    are places in the body, of texts whose words stand apart.
    """
    parts = [_read_batch(articles.slice(at, _BATCH)) for at in range(0, articles.num_rows, _BATCH)]
    return pa.concat_tables([TEXT_FEATURES.empty_table(), *parts])


def _columns(table: pa.Table) -> dict[str, pa.ChunkedArray]:
    return dict(zip(table.column_names, table.columns, strict=True))


def _read_batch(articles: pa.Table) -> pa.Table:
    titles = [title or "" for title in articles["title"].to_pylist()]
    bodies = [body or "" for body in articles["body"].to_pylist()]
    parted = [part_words(title) for title in titles]
    stories = [part_words(body) for body in bodies]
    texts = [f"{title}\n{story}" for title, story in zip(parted, stories, strict=True)]
    languages = [language or "" for language in articles["language"].to_pylist()]
    scan = scan_texts(texts, [len(title) for title in parted], word_letters=[*map(_word_letters, languages)])
    seen_years = pc.year(articles["seen_at"]).to_pylist()
    years, contrasts = _years(scan, texts, seen_years)
    headlines = [title or first_sentence(body) for title, body in zip(titles, bodies, strict=True)]
    columns = {
        "headline": pa.array(headlines, pa.string()),
        "headline_method": pa.array(["title" if title else "lede_fallback" for title in titles]),
        "terms": _lists(scan.terms, scan.term_starts),
        "lead_names": _lists(scan.leads, scan.lead_starts),
        "quotes": _lists(scan.quotes, scan.quote_starts),
        "latest_year": pa.array(years, pa.int32()),
        "contrast_years": pa.array(contrasts, pa.list_(pa.int32())),
        "facts": pa.array([*map(read_facts, titles, bodies, languages)], pa.list_(pa.int64())),
        "features_version": pa.array([FEATURES_VERSION] * len(texts), pa.int32()),
        "quotations": _quotations(
            scan,
            [
                len(title) + 1 if story is body else None
                for title, story, body in zip(parted, stories, bodies, strict=True)
            ],
        ),
    }
    return pa.table(columns).cast(TEXT_FEATURES)


def _word_letters(language: str) -> int:
    return STEM_LETTERS if language in WITH_ENDINGS else _ALL_LETTERS


def _quotations(scan: Scan, body_starts: list[int | None]) -> pa.Array:
    """Return the quotations of bodies by their places there; none of one whose words were parted."""
    found = []
    for number, start in enumerate(body_starts):
        rows = slice(scan.quotation_starts[number], scan.quotation_starts[number + 1])
        places = zip(scan.opens[rows].tolist(), scan.closes[rows].tolist(), strict=True)
        found.append(
            []
            if start is None
            else [(opens - start, closes - start) for opens, closes in places if opens >= start]
        )
    return pa.array(found, QUOTATIONS)


def first_sentence(body: str) -> str | None:
    """Return the first sentence of a body, cut at a word where it is long; None where there is no text."""
    first = _SENTENCE_END.split(body.strip(), maxsplit=1)[0].strip()
    if len(first) <= HEADLINE_CHARS:
        return first or None
    return first[:HEADLINE_CHARS].rsplit(" ", 1)[0] + " …"


def _lists(
    values: "np.ndarray[tuple[int], np.dtype[np.int64]]", starts: "np.ndarray[tuple[int], np.dtype[np.int64]]"
) -> pa.Array:
    return pa.ListArray.from_arrays(pa.array(starts, pa.int32()), pa.array(values, pa.int64()))


def _years(scan: Scan, texts: list[str], seen_years: list[int]) -> tuple[list[int | None], list[list[int]]]:
    latest: list[int | None] = []
    contrasts: list[list[int]] = []
    for i, text in enumerate(texts):
        rows = slice(scan.year_starts[i], scan.year_starts[i + 1])
        named = [
            (year, at)
            for year, at in zip(scan.years[rows].tolist(), scan.year_at[rows].tolist(), strict=True)
            if year <= seen_years[i]
        ]
        latest.append(max(year for year, _ in named) if named else None)
        contrasts.append(find_contrasts(text, named) if named else [])
    return latest, contrasts


def part_words(text: str) -> str:
    """Return a text whose runs of Han are pairs of signs, and of Thai, Lao, Khmer and Burmese three syllables each.

    Katakana stand for themselves, as words of their own; hiragana, which carry grammar, part what is beside them.
    """
    if not (may_hold(text, _UNSPACED) and _MAY_BE_UNSPACED.search(text)):
        return text
    text = _HAN.sub(lambda run: _pieces([*run[0]], HAN_LETTERS), _HIRAGANA.sub(" ", text))
    text = _KATAKANA.sub(r" \g<0> ", text)
    return _SOUTHERN.sub(lambda run: _pieces(_SYLLABLE.findall(run[0]), SYLLABLES), text)


def _pieces(units: list[str], size: int) -> str:
    count = max(len(units) - size + 1, 1)
    return " " + " ".join("".join(units[at : at + size]) for at in range(count)) + " "
