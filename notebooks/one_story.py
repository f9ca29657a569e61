"""Walk through one story of the sample, from the documents that came in to what can be said of it.

Open it with `marimo edit notebooks/one_story.py`, or run it as a script to print the conclusion. The warehouse is
opened for reading only; COPYDESK_WAREHOUSE names another one than warehouse/data.
"""

import marimo

__generated_with = "0.25.2"
app = marimo.App(width="full", app_title="One story, from documents to conclusion")


@app.cell
def _():
    import os
    from pathlib import Path

    import marimo as mo

    from copydesk.warehouse.connect import connect_reader
    from copydesk.warehouse.place import Place

    return Path, Place, connect_reader, mo, os


@app.cell
def _(mo):
    mo.md("""
    # One story, from documents to conclusion

    A ferry strike ends in Skellhaven, and three papers write about it. Twenty months later another strike ends there,
    with almost the same headline. This notebook follows the first of the two through the tables and asks at each step
    what was decided, and what speaks for it. Nothing below is known to the notebook: change `subject`, and it tells
    another story of your own warehouse.
    """)
    return


@app.cell
def _(Path, Place, connect_reader, mo, os):
    con = connect_reader(Place(Path(os.environ.get("COPYDESK_WAREHOUSE", "warehouse/data")).resolve()))

    def ask(sql, **values):
        """Answer with an Arrow table; values are bound as $name."""
        return con.execute(sql, values or None).to_arrow_table()

    long_texts = {"evidence", "headline", "inferred_from", "outlet", "quotation", "reason", "text", "title"}

    def show(table):
        """Show a small table with its texts in full."""
        return mo.ui.table(
            table,
            selection=None,
            page_size=25,
            show_data_types=False,
            show_column_summaries=False,
            wrapped_columns=[name for name in table.column_names if name in long_texts],
        )

    return ask, con, show


@app.cell
def _():
    subject = r"\bferr(y|ies)\b"
    return (subject,)


@app.cell
def _(ask, mo, show, subject):
    found = ask(
        """
        -- the story on the subject that most outlets tell
        select story_id, headline, source_count, article_count
        from stories
        where regexp_matches(headline, $subject, 'i')
        order by source_count desc, article_count desc, story_id
        limit 1
        """,
        subject=subject,
    )
    mo.stop(not found.num_rows, mo.md("No story has a headline with this subject. Try another word."))
    story = found.to_pylist()[0]
    story_id = story["story_id"]
    show(found)
    return story, story_id


@app.cell
def _(mo):
    mo.md("""
    ## What came in

    A document is a payload exactly as it was received. Each carries an article's wording, and the same wording that
    arrives twice is still one article. `kept` is the share of the extracted text that is left after cleaning.
    """)
    return


@app.cell
def _(ask, show, story_id):
    documents = ask(
        """
        -- one row per document that carries an article of the story
        select
            documents.origin,
            documents.media_type,
            documents.payload_bytes,
            documents.outcome,
            revisions.title,
            revisions.body_words,
            round(revisions.body_chars / greatest(revisions.extracted_chars, 1), 2) as kept
        from story_members
        join documents using (article_id)
        join revisions using (revision_id)
        where story_id = $story_id
        order by documents.origin
        """,
        story_id=story_id,
    )
    show(documents)
    return (documents,)


@app.cell
def _(mo):
    mo.md("""
    ## What was cleaned out, and why

    Each line here stood in the text between the paragraphs, or above or below them. `drop` means that it is gone from
    the body; `metadata` means that it went into a column (a title, a byline, a caption). The rule and its evidence
    tell why. Read the longest first: if a rule ever eats a piece of the story, it shows here.

    What a page wraps around its article, menus and forms for example, is no longer in the extracted text and so makes
    no row; this is why the HTML page has few of them and the pasted texts have many.
    """)
    return


@app.cell
def _(ask, show, story_id):
    cleaned = ask(
        """
        -- one row per span taken out of the story's latest wordings
        select origin, kind, action, spans.text, rule_id, spans.evidence
        from story_members
        join articles_latest using (article_id)
        join boilerplate_spans as spans using (revision_id)
        where story_members.story_id = $story_id
        order by action, length(spans.text) desc, origin, start_char
        """,
        story_id=story_id,
    )
    show(cleaned)
    return (cleaned,)


@app.cell
def _(mo):
    mo.md("""
    ## Who copied whom

    First the copies inside this story. An empty table is an answer: the papers wrote in their own words.
    """)
    return


@app.cell
def _(ask, show, story_id):
    copies = ask(
        """
        -- one row per article of the story in a group of copies
        select outlet, title, first_outlet, agency, relation_to_first, round(verbatim_ratio, 2) as verbatim
        from syndication join story_members using (article_id)
        where story_id = $story_id
        order by group_id, is_first desc
        """,
        story_id=story_id,
    )
    show(copies)
    return (copies,)


@app.cell
def _(mo):
    mo.md("""
    What they do share is somebody else's sentence. A quotation in two papers says that two reporters were in one room
    or read one press release; it does not say that one copied the other.
    """)
    return


@app.cell
def _(ask, show, story_id):
    quotations = ask(
        """
        -- one row per quotation of some length that more than one article of the story has
        with quoted as (
            select article_id, unnest(regexp_extract_all(body, '[“"]([^“”"]{30,}?)[,.]?[”"]', 1)) as quotation
            from story_members join articles_latest using (article_id)
            where story_members.story_id = $story_id
        )
        select quotation, count(distinct article_id) as articles_count
        from quoted
        group by quotation
        having articles_count > 1
        order by articles_count desc, quotation
        """,
        story_id=story_id,
    )
    show(quotations)
    return (quotations,)


@app.cell
def _(mo):
    mo.md("""
    For contrast, all groups of copies in the warehouse. Take `first_outlet` for what it is: the member with the
    earliest stated day, else the one seen first. Where `agency` names another, the words are the agency's.
    """)
    return


@app.cell
def _(ask, show):
    all_copies = ask(
        """
        -- one row per article in a group of copies
        select outlet, title, published_on, first_outlet, agency, round(verbatim_ratio, 2) as verbatim
        from syndication
        order by group_id, is_first desc, outlet
        """
    )
    show(all_copies)
    return


@app.cell
def _(mo):
    mo.md("""
    ## How the dates were decided

    `published_on` holds only a day that the document states. Where none is stated, the columns `published_between_...`
    say what could be inferred, with the reason, and `published_on` stays empty: an inference must never pass for a
    statement.
    """)
    return


@app.cell
def _(ask, show, story_id):
    dates = ask(
        """
        -- one row per article of the story
        select
            articles.origin,
            published_on,
            published_method,
            published_between_start_at::date as not_before,
            published_between_end_at::date as not_after,
            published_between_method as inferred_from
        from story_members
        join articles using (article_id)
        join revisions on revisions.article_id = articles.article_id and is_latest
        where story_id = $story_id
        order by articles.origin
        """,
        story_id=story_id,
    )
    show(dates)
    return (dates,)


@app.cell
def _(mo):
    mo.md("""
    A date in a text is seldom the date of the text. These were found, and this is why each was taken or left: a
    picture has its own day, a printed page the day of printing, and a shipwreck lies years back. (Names of weekdays,
    which need another day to count from, and the time of our own fetch are left out here.)
    """)
    return


@app.cell
def _(ask, show, story_id):
    candidates = ask(
        """
        -- one row per absolute date found in the story's latest wordings
        select origin, value, kind, candidates.evidence, is_chosen, reason
        from story_members
        join articles_latest using (article_id)
        join date_candidates as candidates using (revision_id)
        where story_members.story_id = $story_id and kind not in ('relative', 'capture')
        order by origin, is_chosen desc, ordinal
        """,
        story_id=story_id,
    )
    show(candidates)
    return (candidates,)


@app.cell
def _(mo):
    mo.md("""
    ## Which outlets tell the story

    The evidence says what an article shares with the others of its story. One without a stated day joins by its words
    alone; only then can the story tell what its "Thursday" means, which is where the interval above comes from. A page
    that never names its paper has no publisher here: the tables do not guess it from the name of a file.
    """)
    return


@app.cell
def _(ask, show, story_id):
    telling = ask(
        """
        -- one row per article of the story, in order of time
        select
            coalesce(timeline.publisher, 'not named (' || articles.origin || ')') as outlet,
            timeline.title,
            timeline.time_method as dated_by,
            timeline.evidence
        from story_timeline as timeline
        join articles using (article_id)
        where story_id = $story_id
        order by timeline.not_before_at nulls last, outlet
        """,
        story_id=story_id,
    )
    show(telling)
    return (telling,)


@app.cell
def _(mo):
    mo.md("""
    ## The look-alike, and why it stays apart

    Two events can have one headline. Stories are built in windows of time, so words alone do not merge them; where
    the words are alike all the same, the pair is written down as a link, earlier story first, with the days between
    them. Nothing is hidden: whoever wants both joins over the link.
    """)
    return


@app.cell
def _(ask, show, story_id):
    look_alikes = ask(
        """
        -- one row per story that is linked with this one
        select
            others.headline,
            others.first_seen_at::date as began_on,
            date_diff('day', own.first_seen_at, others.first_seen_at) as days_apart,
            kind,
            round(score, 2) as likeness,
            evidence
        from story_links as links
        join stories as own on own.story_id = $story_id
        join stories as others on others.story_id
            = case when links.story_id = $story_id then related_story_id else links.story_id end
        where $story_id in (links.story_id, related_story_id)
        order by likeness desc, others.headline
        """,
        story_id=story_id,
    )
    show(look_alikes)
    return (look_alikes,)


@app.cell
def _(mo):
    mo.md("""
    ## Conclusion

    Written from the tables above, as plain text: what a page says of itself must not become markup here.
    """)
    return


@app.cell
def _(cleaned, copies, dates, documents, look_alikes, mo, quotations, story, telling):
    outlets = telling["outlet"].to_pylist()
    stated = sorted({str(day) for day in dates["published_on"].to_pylist() if day})
    dropped = sum(action == "drop" for action in cleaned["action"].to_pylist())
    conclusion = "\n".join(
        [
            f"Story: {story['headline']}",
            f"Told by: {', '.join(outlets)}",
            f"Documents: {documents.num_rows}; pieces dropped from their texts: {dropped}",
            f"Copies among them: {copies.num_rows}; quotations in common: {quotations.num_rows}",
            f"Stated days: {', '.join(stated) or 'none'}; without one: {dates['published_on'].null_count}",
            *(
                f"Not the same: {other['headline']} ({other['began_on']}, {other['days_apart']} days apart)"
                for other in look_alikes.to_pylist()
            ),
        ]
    )
    if not mo.running_in_notebook():
        print(conclusion)
    mo.plain_text(conclusion)
    return (conclusion,)


if __name__ == "__main__":
    app.run()
