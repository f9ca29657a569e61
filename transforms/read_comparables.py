"""Reads from the wordings of a batch what copies, stories and site memory compare, while the texts are at hand."""

import pyarrow as pa
import pyarrow.compute as pc

from copydesk.schemas.staged import LINE_KEYS, SKETCHES, STAGED, STORY_FEATURES
from copydesk.transforms.copies.sketch import sketch
from copydesk.transforms.copies.words import Words
from copydesk.transforms.quotations.read_quotations import read_quotations
from copydesk.transforms.site_memory.line_keys import line_keys
from copydesk.transforms.stories.read_features import read_texts


def read_comparables(refined: pa.Table, words: Words) -> dict[str, pa.Table]:
    """Return the staged tables `sketches`, `story_features`, `line_keys` and `quotations` of refined documents.

    `words` are those of the bodies. The tables hold while the body is as the rules leave it, and the article was first
    seen in the year of the document.
    """
    wordings = pa.table(
        {
            "article_id": refined["document_id"],
            "revision_id": refined["revision_id"],
            "language": refined["language"],
            "title": refined["title"],
            "body": refined["body"],
            "seen_at": refined["fetched_at"],
        }
    )
    sketches = (
        sketch(wordings, batch=words).drop_columns(["revision_id"]).rename_columns(list(SKETCHES.columns))
    )
    features = read_texts(wordings)
    features = features.append_column("document_id", refined["document_id"])
    features = features.append_column("seen_at", refined["fetched_at"])
    keys = pa.array([line_keys(body) for body in refined["body"].to_pylist()], pa.list_(pa.uint64()))
    of_line = refined["document_id"].take(pc.list_parent_indices(keys))
    return {
        "quotations": _quotations(refined, features["quotations"]),
        "line_keys": pa.table([of_line, pc.list_flatten(keys)], schema=LINE_KEYS.schema),
        "sketches": sketches.cast(SKETCHES.schema),
        "story_features": features.select(list(STORY_FEATURES.columns)).cast(STORY_FEATURES.schema),
    }


def _quotations(refined: pa.Table, places: pa.ChunkedArray) -> pa.Table:
    names = ("document_id", "body", "language")
    documents = zip(*(refined[name].to_pylist() for name in names), places.to_pylist(), strict=True)
    rows = [
        {
            "document_id": document_id,
            "position": position,
            "text": found.text,
            "speaker": found.speaker,
            "evidence": found.evidence,
        }
        for document_id, body, language, found_at in documents
        for position, found in enumerate(read_quotations(body, language, found_at), 1)
    ]
    return pa.Table.from_pylist(rows, schema=STAGED["quotations"].schema)
