"""Settles what hangs on the articles that a run changed. The one place that states the order of these steps."""

from collections.abc import Collection

from copydesk.flows.ingest.run import Run
from copydesk.flows.settle_copies import settle_copies
from copydesk.flows.settle_intervals import settle_intervals
from copydesk.flows.settle_site_memory import settle_site_memory
from copydesk.flows.settle_stories import settle_stories
from copydesk.warehouse.run_thresholds import all_articles, sign_rows
from copydesk.warehouse.site_memory.sightings import GoneLines
from copydesk.warehouse.site_memory.texts import all_revisions
from copydesk.warehouse.stories.remove_gone import remove_gone
from copydesk.warehouse.write_revisions import changed_articles


def settle_changes(
    run: Run,
    *,
    rewritten: Collection[str],
    gone_lines: GoneLines,
    stale: Collection[str] = (),
) -> tuple[str, ...]:
    """Settle site memory, copies, stories and intervals of what was written; return notes for the ledger.

    A replay says which articles were written anew (`rewritten`), what site memory knew of them before (`gone_lines`),
    and which areas other thresholds have settled (`stale`): all of such an area is settled again, and its rows bear
    today's version. Call it inside the run's transaction, after the revisions.
    """
    con, run_id, thresholds = run.con, run.run_id, run.thresholds
    everything = all_articles(con) if stale else []
    with run.step("site memory"):
        sites = settle_site_memory(
            con,
            run_id=run_id,
            rules=run.rules,
            gone_lines=gone_lines,
            sight_anew=all_revisions(con) if "sites" in stale else None,
            thresholds=thresholds.sites,
        )
    reworded = {*rewritten, *sites.recleaned_article_ids}
    left = remove_gone(con, sorted(rewritten))
    with run.step("copies"):
        again = reworded.union(everything if "copies" in stale else ())
        changed = again.union(changed_articles(con))
        regrouped = settle_copies(
            con, sorted(changed), now=run.now, run_id=run_id, rewritten=again, thresholds=thresholds.copies
        )
    with run.step("stories"):
        doubted = reworded.union(left, everything if "stories" in stale else ())
        written = settle_stories(
            con,
            sorted(changed.union(doubted, regrouped)),
            now=run.now,
            run_id=run_id,
            thresholds=thresholds.stories,
            doubted=doubted,
        )
    with run.step("intervals"):
        touched = sorted(changed.union(left, everything if "intervals" in stale else ()))
        settle_intervals(con, touched, written, run_id=run_id, thresholds=thresholds.intervals)
    sign_rows(con, stale, thresholds.versions())
    note = f"settled again as a whole, since their thresholds have changed: {', '.join(stale)}"
    return sites.notes + ((note,) if stale else ())
