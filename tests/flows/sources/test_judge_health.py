"""A source that goes silent is noticed."""

from collections import Counter
from datetime import timedelta

import pytest
from small_newspaper import Newspaper, rss
from source_desk import START, Desk

from copydesk.flows.sources.items import SourceHealth
from copydesk.flows.sources.judge_health import Finding, judge_health


def finding(hours: float, *, new: int = 0, seen: int = 10, error: str | None = None) -> Finding:
    counts = {"entries_seen_count": seen, "documents_count": new, "entries_new_count": new}
    return Finding(START + timedelta(hours=hours), error, counts, True, True, Counter())


def follow(*findings: Finding) -> tuple[SourceHealth, list[str]]:
    health, warnings = SourceHealth("gazette"), []
    for each in findings:
        health, warnings = judge_health(health, each)
    return health, warnings


@pytest.mark.parametrize(("hours", "is_silent"), [(2 + 9.9, False), (2 + 10.1, True)])
def test_nothing_new_in_five_usual_intervals(hours: float, *, is_silent: bool) -> None:
    """A source that has news every two hours is silent after ten without."""
    health, warnings = follow(finding(0, new=3), finding(2, new=1), finding(hours))
    assert health.usual_interval_seconds == 2 * 3600
    assert (health.is_silent, bool(warnings)) == (is_silent, is_silent)


def test_a_source_of_minutes_is_not_silent_within_hours() -> None:
    """Runs close to each other do not make a source look dead."""
    assert not follow(finding(0, new=3), finding(0.1, new=1), finding(4))[0].is_silent


def test_no_entries() -> None:
    """A feed without entries is a warning."""
    assert "0 entries" in follow(finding(0, seen=0))[1][0]


def test_failures_are_counted_and_forgiven() -> None:
    """Failures in a row are counted until a success; the last error stands until then."""
    failed, _ = follow(finding(0, error="deadline: x"), finding(1, error="deadline: y"))
    assert (failed.failures_in_row_count, failed.last_error, failed.last_success_at) == (
        2,
        "deadline: y",
        None,
    )
    health, _ = judge_health(failed, finding(2))
    assert (health.failures_in_row_count, health.last_error) == (0, None)


def test_pages_that_are_all_alike(paper: Newspaper, desk: Desk) -> None:
    """A wall in place of every article is told, a number in it notwithstanding; articles that differ are not."""
    for n in range(4):
        paper.put(
            f"/news/{n}", b"<html><h1>Please log in</h1><p>Your visit %d is number %d.</p>" % (n, n * 7)
        )
    paper.put("/feed", rss(paper.base, range(4)), content_type="text/xml")
    assert any("same page for 4 addresses" in w for w in desk.run(desk.feed()).report.warnings)
    paper.put_articles(range(10, 14))
    paper.put("/feed", rss(paper.base, range(10, 14)), content_type="text/xml")
    assert desk.run(desk.feed()).report.warnings == ()
