"""A payload becomes text and metadata, or a reason."""

import pickle
from dataclasses import replace

import pytest

from copydesk.flows.load_rules import load_rules
from copydesk.schemas.reasons import Reason
from copydesk.transforms.clean.clean import clean
from copydesk.transforms.extract.extract import extract
from copydesk.transforms.records import Payload
from copydesk.transforms.refuse import Unextractable

STORY = (
    "The harbour council of Brackwater voted on Tuesday to raise the sea wall by two metres before the autumn storms.",
    "Engineers had warned in March that the present wall, built in 1931, would not survive another winter like the last.",
    "“We have waited for forty years,” said Ada Lindqvist, who keeps the lighthouse museum at the northern end.",
    "Work is to begin in June and will cost the town about nine million crowns, a third of it lent by the province.",
)

PAGE = """<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Brackwater raises its sea wall | Tidewater Post</title>
<meta property="og:title" content="Brackwater raises its sea wall"><meta property="og:site_name" content="Tidewater Post">
<meta property="og:type" content="article"><link rel="canonical" href="https://www.tidewater.example.com/news/sea-wall?utm_source=x">
<script type="application/ld+json">{ld}</script></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<main><article><h1>Brackwater raises its sea wall</h1>
<figure><img src="/img/wall.jpg"><figcaption>The wall at low tide. Photo: Jonas Ferreira</figcaption></figure>
{body}</article></main><footer>© Tidewater Post</footer></body></html>"""

LD = """{"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Brackwater raises its sea wall",
"author": [{"@type": "Person", "name": "By Mara Quill"}, {"@type": "Organization", "name": "Tidewater Post"}],
"publisher": {"@type": "Organization", "name": "Tidewater Post"}, "articleSection": "Local",
"license": "https://creativecommons.org/licenses/by-sa/4.0/"}"""


def page(body: str | None = None, ld: str = LD) -> Payload:
    paragraphs = "".join(f"<p>{line}</p>" for line in STORY) if body is None else body
    html = PAGE.replace("{ld}", ld).replace("{body}", paragraphs)
    return Payload(html.encode(), "text/html", url="https://www.tidewater.example.com/news/sea-wall?ref=feed")


def test_a_page_gives_its_paragraphs_a_line_each() -> None:
    """Each paragraph of the story is one line, in order; navigation and footer are not there."""
    lines = extract(page()).text.split("\n")
    assert [line for line in lines if line in STORY] == list(STORY)
    assert not any("Sport" in line or "©" in line for line in lines)


def test_a_canonical_address_holds_no_secret() -> None:
    """A page that names itself with the reader's token is known without it."""
    told = replace(page(), content=bytes(page().content).replace(b"?utm_source=x", b"?token=tok-4f9a31&id=1"))
    assert (
        extract(told).canonical_url
        == "https://www.tidewater.example.com/news/sea-wall?id=1&token=REDACTED-c7e1fbca"
    )


def test_a_page_gives_its_metadata() -> None:
    """Title, people, house, language, section, licence, address and picture are read from where they stand."""
    extracted = extract(page())
    assert extracted.title == "Brackwater raises its sea wall"
    assert extracted.authors == ("Mara Quill",)
    assert extracted.publisher == "Tidewater Post"
    assert extracted.language == "en"
    assert extracted.section == "Local"
    assert extracted.licence == "CC BY-SA 4.0"
    assert extracted.canonical_url == "https://www.tidewater.example.com/news/sea-wall"
    assert extracted.completeness == "full"
    (image,) = extracted.images
    assert (image.url, image.caption, image.credit) == (
        "https://www.tidewater.example.com/img/wall.jpg",
        "The wall at low tide.",
        "Jonas Ferreira",
    )


def test_a_gallery_keeps_its_lede() -> None:
    """A standfirst with nothing below it but pictures is the story, and the pictures are read."""
    figures = "".join(
        f"<figure><img src='/{number}.jpg'><figcaption>Boats of class {number} at the pier of Brackwater. (Ana Ruiz/Tidewater Post)</figcaption></figure>"
        for number in range(3)
    )
    lede = "Some 11,000 people came to Brackwater on Saturday for the fortieth regatta of its sailors."
    html = f"<html><head><title>Regatta in pictures</title></head><body><main><h1>Regatta in pictures</h1><p class='lede'>{lede}</p><div>{figures}</div><p>1 of 3</p></main></body></html>"
    extracted = extract(Payload(html.encode(), "text/html", url="https://tidewater.example/regatta"))
    assert (clean(extracted, rules=load_rules()).body, len(extracted.images)) == (lede, 3)


CLAIM = '<link rel="canonical" href="https://tidewater.example/news/sea-wall">'


@pytest.mark.parametrize(
    ("head", "source", "url"),
    [
        (CLAIM, "/img/a.jpg", "https://tidewater.example/img/a.jpg"),
        (CLAIM, "a.jpg", "https://tidewater.example/news/a.jpg"),
        (CLAIM + '<base href="/media/">', "a.jpg", "https://tidewater.example/media/a.jpg"),
        ("", "//cdn.example/a.jpg", "https://cdn.example/a.jpg"),
        ("", "/img/a.jpg", None),
        ("", "data:image/gif;base64,R0", None),
    ],
)
def test_a_picture_keeps_its_caption_wherever_the_page_came_from(
    head: str, source: str, url: str | None
) -> None:
    """A relative address hangs on what the page says of itself; where nothing is said, caption and credit stay."""
    figure = f"<figure><img src='{source}'><figcaption>The wall. Photo: Jonas Ferreira</figcaption></figure>"
    body = "".join(f"<p>{line}</p>" for line in STORY)
    html = f"<html><head><title>A wall</title>{head}</head><body><article><h1>A wall</h1>{figure}{body}</article></body></html>"
    (image,) = extract(Payload(html.encode(), "text/html")).images
    assert (image.url, image.caption, image.credit) == (url, "The wall.", "Jonas Ferreira")


@pytest.mark.parametrize(
    "ld",
    [
        pytest.param("", id="none"),
        pytest.param("{", id="cut off"),
        pytest.param('"a string"', id="no object"),
        pytest.param("[[[[[]]]]]", id="lists of lists"),
        pytest.param("[" * 100_000, id="nested without end"),
        pytest.param(
            '{"@type": ["NewsArticle", 7, null], "author": [[], {}, 3, {"name": {}}], "image": [3, {}]}',
            id="odd types",
        ),
        pytest.param(
            '{"@graph": {"@type": "NewsArticle", "publisher": "x", "mainEntityOfPage": {"@id": 4}}}',
            id="odd graph",
        ),
    ],
)
def test_no_json_ld_is_bad_enough_to_stop_a_page(ld: str) -> None:
    """What a page says of itself in broken JSON-LD never costs its text."""
    assert extract(page(ld=ld)).text.count("\n") >= len(STORY) - 1


def test_the_same_page_gives_the_same_record_whatever_was_read_before() -> None:
    """Extraction keeps no memory: a page read a second and a third time, or after another, gives the same record."""
    first = extract(page())
    extract(
        page(
            body="<p>Another page with another text that is long enough to be a paragraph of its own.</p>" * 3
        )
    )
    assert extract(page()) == first == extract(page())


def test_plain_text_is_unchanged_and_carries_what_its_carrier_said() -> None:
    """A text file's text is the file; title and authors come from the carrier alone."""
    payload = Payload(
        b"One line.\r\n\r\nAnother.", "text/plain; charset=utf-8", title="T", authors=("by ada king",)
    )
    extracted = extract(payload)
    assert extracted.text == "One line.\r\n\r\nAnother."
    assert (extracted.title, extracted.authors, extracted.lines) == ("T", ("Ada King",), ())


DEEP = "<html><body><p>start</p>" + "<div>" * 3_000 + "<p>lost</p>" + "</div>" * 3_000 + "</body></html>"


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        pytest.param("", "empty", id="nothing"),
        pytest.param("%PDF-1.4 ", "not_text", id="pdf behind .html"),
        pytest.param(DEEP, "too_deep", id="nested beyond the parser"),
        pytest.param(
            "<html><body><p" + ' a="b"' * 9_000 + ">x</p></body></html>", "too_complex", id="attributes"
        ),
        pytest.param("<html><body>" + "<br>" * 300_000 + "</body></html>", "too_complex", id="line breaks"),
        pytest.param("<html><head><title>x</title></head><body></body></html>", "no_body", id="no text"),
        pytest.param(
            "<html><head><title>Page not found</title></head><body><p>Sorry, that story has moved house.</p></body></html>",
            "soft_404",
            id="an error in an article's place",
        ),
        pytest.param(
            "<html><head><title>One moment</title></head><body><p>Please complete the security check to go on.</p></body></html>",
            "captcha",
            id="a riddle",
        ),
        pytest.param(
            "<html><head><title>Tidewater</title></head><body><p>Sign in or register to continue reading.</p></body></html>",
            "login_wall",
            id="a wall",
        ),
    ],
)
def test_what_is_no_article_is_refused_with_its_reason(html: str, reason: str) -> None:
    """Nothing that is no article passes, and nothing is lost in silence."""
    with pytest.raises(Unextractable) as caught:
        extract(Payload(html.encode(), "text/html"))
    assert caught.value.reason == reason


def wall(count: int) -> Payload:
    """A page of so many words, of which the first ask for a login."""
    words = " ".join(["Sign in to continue reading", *["and the tide came in"] * 40]).split()[:count]
    return Payload(
        f"<html><head><title>Tidewater</title></head><body><p>{' '.join(words)}.</p></body></html>",
        "text/html",
    )


def test_an_article_on_walls_is_longer_than_a_wall() -> None:
    """A page of up to 120 words that asks for a login is a wall; who tells of one at length is no less an article."""
    with pytest.raises(Unextractable, match="login_wall"):
        extract(wall(119))
    assert extract(wall(121)).text.startswith("Sign in to continue reading")


def test_a_media_type_without_an_extractor_is_refused() -> None:
    """What we cannot read is said to be so."""
    with pytest.raises(Unextractable, match="unknown_media_type: application/json"):
        extract(Payload(b"{}", "application/json"))


def test_a_refusal_survives_the_way_between_processes() -> None:
    """Workers hand their refusals to the parent whole."""
    refusal = pickle.loads(pickle.dumps(Unextractable(Reason.EMPTY, "0 bytes")))
    assert (refusal.reason, refusal.detail) == (Reason.EMPTY, "0 bytes")


def box(chars: int) -> str:
    """A box of so many characters behind which the story goes on for subscribers."""
    told = ("Subscribe to read on. " + "The tide came in. " * 120)[: chars - 1]
    return f"<aside class='paywall'>{told}.</aside>"


ALL = "".join(f"<p>{line}</p>" for line in STORY)
TWO = "".join(f"<p>{line}</p>" for line in STORY[:2])
NOT_FREE = LD.replace('"articleSection"', '"isAccessibleForFree": "False", "articleSection"')
LIVE = LD.replace("NewsArticle", "LiveBlogPosting")
COUNTED, COUNTED_MORE = (
    NOT_FREE.replace('"articleSection"', f'"wordCount": {words}, "articleSection"') for words in (107, 109)
)


@pytest.mark.parametrize(
    ("body", "ld", "completeness"),
    [
        pytest.param(ALL, NOT_FREE, "full", id="short, whole and not free"),
        pytest.param(f"{ALL}<p>{STORY[0][:70]}</p>", NOT_FREE, "teaser", id="short, cut and not free"),
        pytest.param(f"{ALL}<div class='x'><b>Subscribe to read the rest</b></div>", NOT_FREE, "teaser", id="not free, an offer below"),
        pytest.param(ALL * 4, NOT_FREE, "full", id="long and not free"),
        pytest.param(ALL, LIVE, "live_blog", id="live blog"),
        pytest.param(f"{TWO}<p>Engineers had also said [...]</p>", LD, "truncated", id="cut"),
        pytest.param(f"{TWO}<p>Läs vidare</p>", LD, "truncated", id="cut, Swedish"),
        pytest.param(f"<p>{STORY[0]}</p><p>この記事は有料記事です。残り412文字有料会員になると読めます。</p><p>{STORY[1]}</p>", LD, "teaser", id="the rest counted for members, Japanese"),
        pytest.param(f"<p>{STORY[0]}</p><p>{STORY[1][:80]}… [+1804 chars]</p>", LD, "truncated", id="the rest counted"),
        pytest.param(f"{TWO}<div class='paywall'><p>Dalsza część dla prenumeratorów.</p></div>", LD, "teaser", id="walled, Polish"),
        pytest.param(ALL + box(1_900), LD, "teaser", id="a box"),
        pytest.param(ALL + box(2_100), LD, "full", id="too much for a box"),
        pytest.param(ALL, COUNTED, "full", id="four fifths of the declared words"),
        pytest.param(ALL, COUNTED_MORE, "teaser", id="fewer of them"),
    ],
)  # fmt: skip
def test_completeness_says_how_much_of_the_piece_is_there(body: str, ld: str, completeness: str) -> None:
    """A teaser, a live blog and a cut text are told from a full piece.

    A box that asks for money is short; what the page declares to be the whole is no teaser.
    """
    assert extract(page(body, ld)).completeness == completeness
