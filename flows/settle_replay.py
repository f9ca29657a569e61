"""Settles what hangs on the articles that a replay wrote anew, and whole areas whose thresholds have changed."""

from collections.abc import Collection

from flows.ingest.run import Run
from flows.ingest.settle import STORY_ARTICLES
from flows.settle_copies import settle_copies
from flows.settle_intervals import settle_intervals
from flows.settle_site_memory import settle_site_memory
from flows.settle_stories import settle_stories
from warehouse.replay.forget_gone import forget_gone
from warehouse.run_parameters import all_articles, sign_rows
from warehouse.site_memory.forget_revisions import Forgotten
from warehouse.site_memory.texts import all_revisions, forget_features
from warehouse.write_revisions import changed_articles, in_order_of_time, regrouped_articles


def settle_replay(
    run: Run, *, rewritten: list[str], forgotten: Forgotten, stale: Collection[str]
) -> tuple[str, ...]:
    """Settle site memory, copies, stories and intervals; return notes for the ledger.

    `rewritten`: articles that were written anew; `forgotten`: what site memory knew of them before. An area that is
    `stale` was settled by other thresholds: all of it is settled again, and its rows bear today's version.
    """
    con, params = run.con, run.parameters
    sites = settle_site_memory(
        con,
        run_id=run.run_id,
        rules=run.rules,
        forgotten=forgotten,
        sight_anew=all_revisions(con) if "sites" in stale else None,
        params=params.sites,
    )
    everything = all_articles(con) if stale else []
    worded = {*rewritten, *sites.recleaned_article_ids, *(everything if "copies" in stale else ())}
    forget_features(
        con, everything if "stories" in stale else sorted({*rewritten, *sites.recleaned_article_ids})
    )
    left = forget_gone(con, rewritten)
    changed = {*changed_articles(con), *worded}
    settle_copies(
        con, sorted(changed), now=run.now, run_id=run.run_id, rewritten=worded, params=params.copies
    )
    told = {*changed, *left, *regrouped_articles(con), *(everything if "stories" in stale else ())}
    for part in in_order_of_time(con, told, STORY_ARTICLES):
        settle_stories(con, part, now=run.now, run_id=run.run_id, params=params.stories)
    dated = sorted({*changed, *left, *(everything if "intervals" in stale else ())})
    for start in range(0, len(dated), STORY_ARTICLES):
        part = dated[start : start + STORY_ARTICLES]
        settle_intervals(con, part, run_id=run.run_id, params=params.intervals)
    sign_rows(con, stale, params.versions())
    again = f"settled again as a whole, since their thresholds have changed: {', '.join(stale)}"
    return sites.notes + ((again,) if stale else ())
