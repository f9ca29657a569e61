"""What RFC 9309 says of rules and addresses, as cases."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.transforms.robots.decide import decide
from copydesk.transforms.robots.parse_robots import MAX_BYTES, normalise_path, parse_robots, path_of

SITE = "https://gazette.example"


def allows(text: str | bytes, path: str, token: str = "Pressbot") -> bool:
    payload = text.encode() if isinstance(text, str) else text
    return decide(parse_robots(payload), token, SITE + path).is_allowed


CASES = {
    "nothing forbids nothing": ("", "/a", True),
    "everything": ("User-agent: *\nDisallow: /", "/a", False),
    "empty disallow forbids nothing": ("User-agent: *\nDisallow:", "/a", True),
    "prefix": ("User-agent: *\nDisallow: /desk", "/desktop/x", False),
    "another case is another path": ("User-agent: *\nDisallow: /Desk", "/desk", True),
    "longest wins": ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", True),
    "longest wins in any order": ("User-agent: *\nAllow: /a/b\nDisallow: /a", "/a/b/c", True),
    "a tie allows": ("User-agent: *\nDisallow: /page\nAllow: /page", "/page", True),
    "own group over everyone's": (
        "User-agent: *\nDisallow: /\n\nUser-agent: pressbot\nDisallow: /x",
        "/a",
        True,
    ),
    "own empty group over everyone's": ("User-agent: *\nDisallow: /\nUser-agent: pressbot\n", "/a", True),
    "groups of a token are one": (
        "User-agent: pressbot\nDisallow: /a\n\nUser-agent: other\nDisallow: /\n\nUser-agent: PRESSBOT\nDisallow: /b",
        "/b",
        False,
    ),
    "one group for several tokens": ("User-agent: other\nUser-agent: pressbot\nDisallow: /", "/a", False),
    "other lines do not part a group": (
        "User-agent: pressbot\nSitemap: https://gazette.example/s.xml\nCrawl-delay: 3\nUser-agent: x\nDisallow: /",
        "/a",
        False,
    ),
    "a longer name is another": ("User-agent: pressbot-news\nDisallow: /", "/a", True),
    "a version after the name": ("User-agent: Pressbot/2.1\nDisallow: /", "/a", False),
    "words after the name": ("User-agent: Pressbot of Lindmouth\nDisallow: /", "/a", False),
    "rules before any agent": ("Disallow: /\nUser-agent: other\nDisallow: /b", "/a", True),
    "names of lines in any case": ("uSeR-aGeNt: *\ndIsAlLoW: /a", "/a", False),
    "comment after a rule": ("User-agent: * # all\nDisallow: /a # the desk", "/a", False),
    "space around": (" User-agent :  * \n\t Disallow : /a \t", "/a", False),
    "no colon": ("User-agent *\nDisallow /a", "/a", False),
    "misspelt": ("User-agent: *\nDisalow: /a", "/a", False),
    "old line ends": ("User-agent: *\rDisallow: /a\rDisallow: /b", "/b", False),
    "no end of the last line": ("User-agent: *\nDisallow: /a", "/a", False),
    "star": ("User-agent: *\nDisallow: /*/print", "/news/7/print", False),
    "star does not match less": ("User-agent: *\nDisallow: /*/print", "/print", True),
    "many stars": ("User-agent: *\nDisallow: /a*b*c*d", "/a1b2c3d4", False),
    "end": ("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf", False),
    "end does not match more": ("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf?x=1", True),
    "end without star": ("User-agent: *\nDisallow: /a$", "/a", False),
    "a piece at the end is not used twice": ("User-agent: *\nDisallow: /ab*b$", "/ab", True),
    "dollar within is a dollar": ("User-agent: *\nDisallow: /a$b", "/a$b/c", False),
    "query": ("User-agent: *\nDisallow: /*?session=", "/a?session=1", False),
    "without its slash a rule matches nothing": ("User-agent: *\nDisallow: desk", "/desk", True),
    "escaped letters are letters": ("User-agent: *\nDisallow: /%64esk", "/desk", False),
    "letters are escaped letters": ("User-agent: *\nDisallow: /desk", "/%64esk", False),
    "escaped slash is not a slash": ("User-agent: *\nDisallow: /a%2Fb", "/a/b", True),
    "case of escapes": ("User-agent: *\nDisallow: /a%2fb", "/a%2Fb", False),
    "letters beyond ASCII": ("User-agent: *\nDisallow: /küste", "/k%C3%BCste/1", False),
    "escapes beyond ASCII": ("User-agent: *\nDisallow: /k%c3%bcste", "/küste", False),
    "the file itself": ("User-agent: *\nDisallow: /", "/robots.txt", True),
    "an index page stands for its directory": (
        "User-agent: *\nAllow: /n/index.html\nDisallow: /",
        "/n/",
        True,
    ),
    "but not for what is below": ("User-agent: *\nAllow: /n/index.html\nDisallow: /", "/n/a", False),
}


@pytest.mark.parametrize(("text", "path", "is_allowed"), CASES.values(), ids=CASES)
def test_decides_as_the_rfc_says(text: str, path: str, *, is_allowed: bool) -> None:
    """A rule and an address give the decision that RFC 9309 describes."""
    assert allows(text, path) is is_allowed


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b"\xef\xbb", b"\xef"])
def test_a_mark_before_the_first_line_is_skipped(mark: bytes) -> None:
    """A byte order mark, even one cut short, does not hide the first line."""
    assert not allows(mark + b"User-agent: *\nDisallow: /", "/a")


def test_only_500_kib_are_read() -> None:
    """Rules beyond the limit are not read, rules before it are."""
    head = b"User-agent: *\nDisallow: /before\n"
    payload = head + b"#" * (MAX_BYTES - len(head)) + b"\nDisallow: /after"
    assert not allows(payload, "/before")
    assert allows(payload, "/after")


def test_a_long_line_is_cut_and_still_forbids() -> None:
    """What is read of an endless rule is a rule: a cut can only forbid or allow more, never hide it."""
    text = "User-agent: *\nDisallow: /x/" + "a" * 20_000 + "\nDisallow: /y"
    assert not allows(text, "/x/" + "a" * 20_001)
    assert allows(text, "/x/" + "a" * 10_000)
    assert not allows(text, "/y")


def test_a_group_for_nobody_is_for_nobody() -> None:
    """A User-agent line without a name matches no one, not even one who gives no name."""
    assert allows("User-agent:\nDisallow: /", "/a", token="")


def test_the_longest_delay_of_the_groups_counts() -> None:
    """Crawl-delay belongs to its group; of merged groups the longest counts; rubbish counts for nothing."""
    text = b"User-agent: a\nCrawl-delay: 2\n\nUser-agent: a\nCrawl-delay: 7.5\nDisallow:\n\nUser-agent: b\nCrawl-delay: soon"
    robots = parse_robots(text)
    assert decide(robots, "a", SITE).crawl_delay_seconds == 7.5
    assert decide(robots, "b", SITE).crawl_delay_seconds is None


def test_sitemaps_stand_outside_of_groups() -> None:
    """Sitemap lines are read wherever they stand."""
    text = b"Sitemap: https://a.example/1\nUser-agent: x\nDisallow: /\nsitemap: https://a.example/2"
    assert parse_robots(text).sitemaps == ("https://a.example/1", "https://a.example/2")


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("https://a.example", "/"),
        ("https://a.example/", "/"),
        ("https://a.example/b#c", "/b"),
        ("https://a.example?q=1", "/?q=1"),
        ("https://a.example#f/x", "/"),
        ("//a.example/b", "/b"),
        ("a.example/b/http://c/d", "/b/http://c/d"),
        ("https://a.example/b;c?d=/e", "/b;c?d=/e"),
    ],
)
def test_what_of_an_address_is_compared(url: str, path: str) -> None:
    """Path, parameters and query are compared; host and fragment are not."""
    assert path_of(url) == path


@given(st.binary(max_size=400))
def test_any_bytes_are_a_robots_txt(payload: bytes) -> None:
    """No file is so broken that parsing it or deciding by it raises."""
    decide(parse_robots(b"User-agent: *\nDisallow: /" + payload), "Pressbot", SITE + "/a")
    parse_robots(payload)


@given(st.text("ab*$/", min_size=1, max_size=12), st.text("ab$/", max_size=12))
def test_matching_is_that_of_the_same_pattern_as_expression(rule: str, path: str) -> None:
    """Stars and the final dollar match what the equal regular expression matches."""
    rule, path = "/" + rule, "/" + path
    body, end = (rule[:-1], r"\Z") if rule.endswith("$") else (rule, "")
    expression = "".join(".*" if c == "*" else re.escape(c) for c in body) + end
    is_matched = re.match(expression, path) is not None
    assert allows(f"User-agent: *\nDisallow: {rule}", path) is not is_matched


@given(st.text(max_size=30))
def test_normalising_twice_is_normalising_once(path: str) -> None:
    """The form in which paths are compared is settled."""
    once = normalise_path(path)
    assert normalise_path(once) == once
