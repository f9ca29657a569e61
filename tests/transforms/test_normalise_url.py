"""One address has one spelling, whoever wrote it, and two addresses never get the same one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.transforms.identify import identify
from copydesk.transforms.normalise_url import MAX_URL_CHARS, normalise_url
from copydesk.transforms.registered_domain import registered_domain

STORY = "https://www.courier.test/a/257"

SAME = {
    "as it is": STORY,
    "scheme and host in capitals": "HTTPS://WWW.Courier.TEST/a/257",
    "default port": "https://www.courier.test:443/a/257",
    "empty port": "https://www.courier.test:/a/257",
    "root dot": "https://www.courier.test./a/257",
    "fragment": "https://www.courier.test/a/257#tk.hp_fv",
    "newsletter": "https://www.courier.test/a/257?utm_source=x&utm_campaign=3&mc_cid=1&mc_eid=2",
    "advertisement": "https://www.courier.test/a/257?fbclid=abc&gclid=1&gbraid=2&msclkid=3&srsltid=Af",
    "capital letters": "https://www.courier.test/a/257?UTM_Source=x",
    "feed": "https://www.courier.test/a/257?mod=rss_news&ref=rss",
    "shared": "https://www.courier.test/a/257?CMP=share_btn_fb&ncid=edlinkushpmg00000313&smid=tw-share&smtyp=cur&sr_share=facebook",
    "copied from a page's source": "https://www.courier.test/a/257?utm_source=x&amp;utm_medium=y",
    "empty query": "https://www.courier.test/a/257?",
    "user and password": "https://ada:secret@www.courier.test/a/257",
    "dot segments": "https://www.courier.test/b/../a/./257",
    "escaped dot segments": "https://www.courier.test/b/%2E%2e/a/257",
    "needless escapes": "https://www.courier.test/%61/%32%357",
    "doubled slashes": "https://www.courier.test//a//257",
    "session": "https://www.courier.test/a/257;jsessionid=0A1B?PHPSESSID=77",
    "white space around and a line end within": " https://www.courier.test/a/\n257\t",
}

KEPT = [
    "https://www.courier.test/a?cmp=12&ncid=4711&smid=sea-wall",
    "https://courier.test/index.php?action=faq&cat=3&id=1",
    "https://courier.test/?p=31228",
    "https://courier.test/?article=1",
    "https://courier.test/story?storyid=1",
    "https://courier.test/story?cid=1",
    "https://courier.test/story?sid=1",
    "https://courier.test/story?source=agency",
    "https://courier.test/story?ref=1044",
    "https://courier.test/story?mod=article",
    "https://courier.test/story?from=1914",
    "https://courier.test/story?dram:article_id=385022",
    "https://courier.test/story?page=2",
    "https://courier.test/story?lite",
    "https://courier.test/story?t=",
    "https://courier.test/story?lang=en",
    "https://courier.test/story?seite=all",
    "https://courier.test/#!/story/9",
    "https://courier.test/#/story/9",
    "https://courier.test/app#/story/10",
    "https://courier.test/news/#id=11",
    "https://courier.test/Story",
    "https://courier.test/story/",
    "https://courier.test/story/index.html",
    "https://courier.test/story/amp",
    "https://m.courier.test/story",
    "http://courier.test:8080/story",
    "https://courier.test/a%2Fb",
    "https://courier.test/a;v=2",
    "http://[2001:db8::1]/story",
]

SPELLED = {
    "https://münchen.test/straße?q=ä": "https://xn--mnchen-3ya.test/stra%C3%9Fe?q=%C3%A4",
    "https://ＣＯＵＲＩＥＲ.test/a": "https://courier.test/a",
    "https://courier.test": "https://courier.test/",
    "https://courier.test/%e4%7euser": "https://courier.test/%E4~user",
    "https://courier.test/100%": "https://courier.test/100%25",
    "https://courier.test/a b?c d": "https://courier.test/a%20b?c+d",
    "https://courier.test/a%28b%29?x=%3A%2F": "https://courier.test/a(b)?x=:/",
    "https://courier.test/?b=2&a=1&b=1": "https://courier.test/?a=1&b=2&b=1",
    "http://[2001:DB8:0::1]:80/a": "http://[2001:db8::1]/a",
    "https://courier.test/../..": "https://courier.test/",
    "https://courier.test/a/..": "https://courier.test/",
    "https://courier.test/a/b/.": "https://courier.test/a/b/",
}

NONE = [
    None,
    "",
    " ",
    "not a url",
    "courier.test/a",
    "/a/ferry",
    "//",
    "javascript:alert(1)",
    "mailto:ada@courier.test",
    "about:blank",
    "data:text/html,x",
    "ftp://courier.test/a",
    "http://",
    "http:///a",
    "https:courier.test/a",
    "http://courier .test/a",
    "http://[::1",
    "http://[::g]/",
    "http://[fe80::1%25eth0]/",
    "http://courier.test:99999/a",
    "http://courier.test:0/a",
    "http://courier.test:x/a",
    "http://courier..test/a",
    "http://-courier.test/a",
    "http://" + "a" * 64 + ".test/",
    "http://evil.test\\@courier.test/a",
    "http://courier%2etest/a",
    "http://courier.test/\ud800",
    "http://courier.test/?q=\udfff",
    "http://\ud800.test/",
    "http://courier.test/" + "a" * 10_000,
    "http://courier.test/" + "ä" * 2_000,
    "http://℀.test/",
]


@pytest.mark.parametrize("url", SAME.values(), ids=SAME)
def test_spellings_of_one_address(url: str) -> None:
    """What leads to the same page everywhere has one normal form."""
    assert normalise_url(url) == STORY


@pytest.mark.parametrize("url", KEPT)
def test_what_chooses_the_article_stays(url: str) -> None:
    """A parameter, path or host that may choose another article is left as it is."""
    assert normalise_url(url) == url


@pytest.mark.parametrize(("url", "form"), SPELLED.items())
def test_how_a_normal_form_is_written(url: str, form: str) -> None:
    """Hosts in ASCII, escapes only where needed and in capitals, parameters in order of their names."""
    assert normalise_url(url) == form


@pytest.mark.parametrize("url", NONE, ids=lambda url: repr(url)[:40])
def test_what_is_no_address(url: str | None) -> None:
    """Whatever is no http or https address of a host gives null and never an error."""
    assert normalise_url(url) is None


def test_words_are_no_address_beside_any_page() -> None:
    """Words without a dot or a slash are not taken for the name of a file, whatever the base."""
    for words in ("not a url", " Page\tnot found ", "none given"):
        assert normalise_url(words, base="https://courier.test/x") is None
    assert (
        normalise_url("my page.html", base="https://courier.test/x") == "https://courier.test/my%20page.html"
    )


def test_a_relative_address_needs_a_base() -> None:
    """Against a base, what a page writes in short is the full address."""
    assert normalise_url("/a/ferry", base="https://courier.test/x?y=1") == "https://courier.test/a/ferry"
    assert normalise_url("//www.courier.test/a", base="https://courier.test/") == "https://www.courier.test/a"
    assert normalise_url("mailto:a@b.test", base="https://courier.test/") is None


PIECES = st.lists(
    st.sampled_from(
        [
            "https://",
            "HTTP://",
            "courier.test",
            "WWW.Courier.test",
            "ü.test",
            "[::1]",
            ":80",
            ":443",
            ":8080",
            "u:p@",
            "/",
            "//",
            "/..",
            "/.",
            "/a",
            "%2e",
            "%2F",
            "%",
            "%zz",
            "%C3%A4",
            "ä",
            "+",
            "\\",
            ";jsessionid=1",
            "amp;",
            "?",
            "&",
            "&amp;",
            "=",
            "utm_source=1",
            "%75tm_source=1",
            "id=1",
            "ref=rss",
            "#",
            "#!",
            "!x",
            "@",
            "",
        ]
    )
    | st.sampled_from([" ", "\n", "\ud800"]),
    max_size=14,
).map("".join)


@given(st.one_of(PIECES, PIECES.map("https://courier.test/".__add__), st.text(max_size=60)))
def test_a_normal_form_is_its_own(url: str) -> None:
    """A normal form has no other normal form, whatever was given, and nothing given raises an error."""
    form = normalise_url(url)
    assert form is None or (normalise_url(form) == form and form.isascii() and len(form) <= MAX_URL_CHARS)


@given(
    st.sampled_from(
        ["bbc.co.uk", "News.BBC.co.uk", "www.courier.test", "user.github.io", "xn--mnchen-3ya.de"]
    ),
    PIECES.map("/".__add__),
)
def test_nobody_becomes_another_site(host: str, rest: str) -> None:
    """A normal form has the registered domain of the address."""
    form = normalise_url(f"https://{host}{rest}")
    assert form is None or registered_domain(form) == registered_domain(f"https://{host.lower()}/")


def article_of(url: str) -> str:
    return identify(normalise_url(url), None, "desk", "rows.jsonl", 1, "words")


def test_http_and_https_are_one_article() -> None:
    """Over http and https one host tells one story; on ports of its own it may not."""
    assert article_of("http://courier.test/a") == article_of("https://courier.test/a")
    assert article_of("http://courier.test:80/a") == article_of("https://courier.test:443/a")
    assert article_of("http://courier.test:8080/a") != article_of("https://courier.test:8080/a")


def test_different_addresses_are_different_articles() -> None:
    """No two addresses of the table of kept ones are one article."""
    assert len({article_of(url) for url in KEPT}) == len(KEPT)
