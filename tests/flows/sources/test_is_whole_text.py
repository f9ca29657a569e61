"""A brief is a whole text; a teaser is none."""

import pytest

from copydesk.flows.sources.page_document import is_whole_text

URL = "https://tidewater.example/2031/05/ferry"
BRIEF = "<p>The ferry to Skerry sails again from Monday.</p><p>Its engine was mended in Brackwater.</p>"


@pytest.mark.parametrize(
    ("content", "is_whole"),
    [
        pytest.param(BRIEF, True, id="brief"),
        pytest.param("<p>渡船は月曜日から再び運航する。</p>", True, id="brief of a dense script"),
        pytest.param(f"{BRIEF}<p>The post <a href='{URL}'>Ferry</a> appeared first on <a href='/'>Tidewater</a>.</p>", True, id="brief with its origin"),
        pytest.param("<p>The ferry to Skerry sails again &#8230;</p>", False, id="ellipsis"),
        pytest.param("<p>The ferry to Skerry sails again [...]</p><p>The post Ferry appeared first on Tidewater.</p>", False, id="ellipsis above its origin"),
        pytest.param("The ferry to Skerry sails again.<br/>Read more", False, id="an invitation to read on"),
        pytest.param(f"<p>The ferry to Skerry sails again.</p><p><a class='x' href='{URL}#a'>To the <b>piece</b> »</a></p>", False, id="link to the page"),
        pytest.param("<p>The ferry to Skerry sails again.</p><p><a href='https://tidewater.example/skerry'>Skerry</a></p>", True, id="link to another page"),
        pytest.param("<div>The ferry sails on Monday.</div>", False, id="the summary again"),
        pytest.param("Ferry sails", False, id="the title again"),
        pytest.param("<img src='/ferry.jpg'>", False, id="a picture"),
        pytest.param("<p>The ferry sails again. " * 30 + "&#8230;</p>", True, id="long and cut"),
    ],
)  # fmt: skip
def test_what_breaks_off_or_says_no_more_than_the_listing_is_a_teaser(
    content: str, *, is_whole: bool
) -> None:
    """A short content is the whole text unless it ends as a teaser does or repeats what stands beside it."""
    told = is_whole_text(content, summary="<p>The ferry sails on Monday.</p>", title="Ferry sails", url=URL)
    assert told is is_whole
