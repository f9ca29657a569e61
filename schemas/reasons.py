"""Why a document is refused: every word that quarantine.reason and url_states.reason may hold, and what it means."""

from enum import StrEnum
from typing import Self


class Reason(StrEnum):
    """A reason, and the sentence that docs/reference.md has of it. Words stay: users' rows and queries hold them."""

    sentence: str

    def __new__(cls, word: str, sentence: str = "") -> Self:
        """Make a member of its word, which alone it equals, and its sentence."""
        member = str.__new__(cls, word)
        member._value_ = word
        member.sentence = sentence
        return member

    # A file, or something in it.
    NO_TEXT = (
        "no_text",
        "A row, entry or message without a text; of a table without a text column one for all rows.",
    )
    NO_ARTICLE = "no_article", "A row of fewer than six words."
    NOT_PUBLISHED = "not_published", "A draft, page or attachment of an exported blog."
    INVALID_ROW = "invalid_row", "A row that is no row of its table, or no JSON object."
    INVALID_JSON = "invalid_json", "What breaks the syntax of JSON."
    BROKEN_ENTRY = "broken_entry", "An entry of a feed that no parser reads."
    BROKEN_MAIL = "broken_mail", "A message that no parser reads."
    NESTED_ARCHIVE = "nested_archive", "An archive inside an archive, which is not opened."
    ENCRYPTED = "encrypted", "A member of an archive that asks for a password."
    NOT_READ = "not_read", "A file whose first bytes are of a format that is not read."
    DAMAGED_FILE = "damaged_file", "A file that is damaged, or ends too early."
    UNREADABLE_FILE = (
        "unreadable_file",
        "A file that rights, a disk or a network keep from us; each run asks again.",
    )
    UNREADABLE_FOLDER = "unreadable_folder", "A folder that cannot be listed; each run asks again."
    UNREADABLE = "unreadable", "The path of a source that cannot be read."
    NOT_FOUND = "not_found", "A pattern or list of WARC files that names none."
    PATH_TOO_LONG = "path_too_long", "A path that the system does not take."
    NOT_A_FILE = "not_a_file", "A pipe, socket or device, which is never opened."
    BROKEN_LINK = "broken_link", "A link to nowhere."
    LINK_OUTSIDE = "link_outside", "A link that leads out of the folder; --follow-links follows it."
    WARC_GARBAGE = "warc_garbage", "Bytes of a WARC file that are no record."
    WARC_TOO_LARGE = "warc_too_large", "A record that is larger than is read."
    WARC_TRUNCATED = "warc_truncated", "A record or page that the crawler or the file cut off."
    WARC_BROKEN_HTTP = "warc_broken_http", "A record without an answer of HTTP."
    WARC_BROKEN_ENCODING = "warc_broken_encoding", "A page whose content encoding cannot be undone."
    WARC_BODY_TOO_LARGE = "warc_body_too_large", "A page that decodes to more than is read."
    WARC_DIGEST = "warc_digest", "A page that does not fit its digest."

    # A listing of the network.
    NOT_A_FEED = (
        "not_a_feed",
        "What should be a feed, or an XML file, and is neither that nor another known listing.",
    )
    NOT_A_SITEMAP = "not_a_sitemap", "What should be a sitemap and is none."
    FEED_TIMEOUT = "feed_timeout", "A feed that takes its parser too long."
    FEED_MEMORY = "feed_memory", "A feed that takes its parser too much memory."
    FEED_CRASH = "feed_crash", "A feed that ends its parser's process."
    SESSION = "session", "A source whose secret, cookies or proxy are missing or wrong."

    # An address.
    BAD_URL = "bad_url", "What is no address of a page."
    PRIVATE_ADDRESS = "private_address", "A host of a private network."
    ROBOTS_FORBIDDEN = "robots_forbidden", "robots.txt forbids it."
    ROBOTS_UNREACHABLE = "robots_unreachable", "robots.txt cannot be had, so nothing is asked for."
    TDM_RESERVED = "tdm_reserved", "The site reserves text and data mining."
    NO_SUCH_HOST = "no_such_host", "Its host has no address."
    NOT_CONNECTED = "not_connected", "Its host does not answer."
    PROXY_FAILED = "proxy_failed", "The proxy does not let through."
    TLS_FAILED = "tls_failed", "No safe connection comes about."
    DEADLINE = "deadline", "The answer takes longer than it may."
    BROKEN_PROTOCOL = "broken_protocol", "The answer is no HTTP."
    HEADER_TOO_LARGE = "header_too_large", "The answer's head is larger than is read."
    BODY_TOO_LARGE = "body_too_large", "The answer's body is larger than is read."
    TRUNCATED = "truncated", "The answer ends too early, or is empty."
    BROKEN_ENCODING = "broken_encoding", "The answer's content encoding cannot be undone."
    REDIRECT_LIMIT = "redirect_limit", "Too many redirects, or a circle of them."
    CONTENT_TYPE = "content_type", "The answer is of a media type that was not asked for."
    HTTP_STATUS = "http_status", "The answer's status is an error."
    GONE = "gone", "The answer's status says that it is not there, or no more."
    RETRY_LATER = "retry_later", "The server asks to come later."
    SAME_PAGE = "same_page", "Another entry's page; the entry's text is kept."
    NO_PAGE = "no_page", "An entry without an address and without a text."
    FOREIGN_HOST = "foreign_host", "A host that the listing may not speak for."

    # A payload that is no article.
    EMPTY = "empty", "Nothing, or white space."
    NOT_TEXT = "not_text", "Bytes of something that is no text."
    INVALID_ENCODING = "invalid_encoding", "Text whose encoding is not sure, or not the one that was told."
    TOO_LARGE = "too_large", "A file, value or page that is larger than is read."
    TOO_COMPLEX = "too_complex", "A page of more tags, or more attributes in one, than are read."
    TOO_DEEP = "too_deep", "A page whose tags stand in each other deeper than is read."
    NOT_HTML = "not_html", "A page without a tag, or that no parser reads."
    NO_BODY = "no_body", "A page without a text."
    LIST_PAGE = "list_page", "A page of teasers."
    LOGIN_WALL = "login_wall", "A page that asks to log in."
    CAPTCHA = "captcha", "A page that asks whether a human reads."
    COOKIE_WALL = "cookie_wall", "A page that asks for consent, and shows nothing else."
    SOFT_404 = "soft_404", "A page that says it is none."
    UNKNOWN_MEDIA_TYPE = "unknown_media_type", "A payload of a media type that no reader is for."

    # The machine or the code.
    TIMEOUT = "timeout", "A step took longer than a document may; it is tried again."
    OUT_OF_MEMORY = "out_of_memory", "A step took more memory than a worker may; it is tried again."
    CRASHED = "crashed", "The worker process died; it is tried again."
    INTERNAL_ERROR = "internal_error", "A mistake of this project."
    LIBRARY_ERROR = "library_error", "A library tripped over the document."


MACHINE_FAULTS = frozenset({Reason.TIMEOUT, Reason.OUT_OF_MEMORY, Reason.CRASHED})
"""Reasons that say nothing of the document: it is tried again."""

SAYS_NOTHING = MACHINE_FAULTS | {Reason.INTERNAL_ERROR, Reason.LIBRARY_ERROR}
"""Reasons that tell of the machine or the code, and not whether a document is an article."""
