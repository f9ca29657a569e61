"""Reads from the wordings of a batch what copies and stories compare, while the texts are at hand."""

import pyarrow as pa

from schemas.staged import FEATURES, SKETCHES
from transforms.copies.sketch import sketch
from transforms.stories.read_features import read_texts


def read_wordings(refined: pa.Table) -> dict[str, pa.Table]:
    """Return the staged tables `sketches` and `features` of refined documents.

    They hold while the body is as the rules leave it, and the article was first seen in the year of the document.
    """
    wordings = pa.table(
        {
            "article_id": refined["document_id"],
            "revision_id": refined["revision_id"],
            "title": refined["title"],
            "body": refined["body"],
            "seen_at": refined["fetched_at"],
        }
    )
    sketches = sketch(wordings).drop_columns(["revision_id"]).rename_columns(list(SKETCHES.columns))
    features = read_texts(wordings)
    features = features.append_column("document_id", refined["document_id"])
    features = features.append_column("seen_at", refined["fetched_at"])
    return {
        "sketches": sketches.cast(SKETCHES.schema),
        "features": features.select(list(FEATURES.columns)).cast(FEATURES.schema),
    }
