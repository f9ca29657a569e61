"""Tell the whole text of an entry from a teaser of it: a brief is a whole text, so that length alone says nothing."""

import re
from html import unescape

from copydesk.transforms.extract.judge_completeness import CUT_SHORT
from copydesk.transforms.normalise_url import normalise_url
from copydesk.transforms.text.letters_of import letters_of

_LONG_CHARS = 400
"""A text of this length is worth having even where it is cut."""
_MARKUP = re.compile(r"<[^>]*>")
_LINE_END = re.compile(r"</(?:p|div|li|h\d|blockquote)\s*>|<br\b[^>]*>|\n", re.IGNORECASE)
_LAST_LINES = 2
"""Behind a cut some systems still say where the entry appeared first."""
_LAST_LINK = re.compile(
    r"<a\s[^>]*?href\s*=\s*[\"']?([^\"'\s>]+)[^>]*>(?:(?!</a\b).)*</a\s*>(?:[^\w<]|<[^>]*>)*\Z",
    re.IGNORECASE | re.DOTALL,
)


def is_whole_text(content: str, *, summary: str, title: str, url: str) -> bool:
    """Return whether the content that an entry carries, as HTML, is more than its title and summary.

    A short one that says no more than they do, breaks off, or ends in a link to the entry's own page is a teaser.
    """
    lines = [line for each in _LINE_END.split(content) if (line := unescape(_MARKUP.sub("", each)).strip())]
    if sum(map(len, lines)) >= _LONG_CHARS:
        return True
    letters = letters_of("".join(lines))
    if not letters or letters in letters_of(title) or letters in letters_of(_MARKUP.sub("", summary)):
        return False
    link = _LAST_LINK.search(content)
    leads_on = link is not None and normalise_url(link[1]) == url
    return not leads_on and not any(CUT_SHORT.search(line) for line in lines[-_LAST_LINES:])
