"""Writes the row of site_lines for a line, from those who carry it."""

import hashlib
from typing import Any

from copydesk.transforms.site_memory.judge_sightings import Sampled, SiteParams, judge_sightings
from copydesk.transforms.site_memory.sight_revision import SiteLine
from copydesk.transforms.site_memory.witness import Witness

Row = dict[str, Any]


def judge_carriers(carried: Row, line: SiteLine, params: SiteParams) -> Row:
    """Return the verdict on a line as a row without run_id.

    `carried`: line_hash, article_count, first and last day, and a sample of sightings in order of article and
    revision; an article counts once, by its first row.
    """
    sample: dict[str, Sampled] = {}
    for each in carried["sample"]:
        teller = Witness(tuple(each["kernel"]), tuple(each["names"]))
        sample.setdefault(
            each["article_id"],
            Sampled(
                each["article_id"],
                each["published_on"],
                each["is_sentence"],
                each["is_closing"],
                each["related_ratio"],
                teller,
            ),
        )
    verdict = judge_sightings(line.place, list(sample.values()), params)
    return {
        "site": line.site,
        "line_sha256": hashlib.sha256(line.key.encode()).hexdigest(),
        "place": line.place,
        "line_hash": carried["line_hash"],
        "line": line.key,
        "article_count": carried["article_count"],
        "witness_count": verdict.witness_count,
        "day_count": verdict.day_count,
        "first_published_on": carried["first_published_on"],
        "last_published_on": carried["last_published_on"],
        "verdict": "boilerplate" if verdict.is_boilerplate else "story",
        "reason": verdict.reason,
    }
