"""The five real articles as they were read by hand."""

import json
from pathlib import Path
from typing import Any


def gold_documents(folder: Path) -> list[dict[str, Any]]:
    """Return what is known of each, with its body by hand as `body_text`."""
    documents: list[dict[str, Any]] = json.loads((folder / "gold.json").read_text("utf-8"))["docs"]
    return [document | {"body_text": _body_of(folder, document)} for document in documents]


def _body_of(folder: Path, document: dict[str, Any]) -> str:
    text = (folder / document["file"]).read_text("utf-8")
    kept, at = [], 0
    for span in sorted(document["spans"], key=lambda span: span["start"]):
        if span["cls"] != "dateline":
            kept.append(text[at : span["start"]])
            at = max(at, span["end"])
    return "".join([*kept, text[at:]])
