"""Why a payload gives no article: a closed set of reasons, and the exception that carries one."""

from enum import StrEnum


class UnextractableReason(StrEnum):
    """What stands in the way between a payload and an article."""

    EMPTY = "empty"
    NOT_TEXT = "not_text"
    INVALID_ENCODING = "invalid_encoding"
    TOO_LARGE = "too_large"
    TOO_COMPLEX = "too_complex"
    TOO_DEEP = "too_deep"
    NOT_HTML = "not_html"
    NO_BODY = "no_body"
    LIST_PAGE = "list_page"
    LOGIN_WALL = "login_wall"
    CAPTCHA = "captcha"
    COOKIE_WALL = "cookie_wall"
    SOFT_404 = "soft_404"
    UNKNOWN_MEDIA_TYPE = "unknown_media_type"


class Unextractable(Exception):  # noqa: N818 - it names a state of the document, not a mistake of ours
    """Say that a payload is no article. Picklable, since it crosses the border of a worker process."""

    def __init__(self, reason: UnextractableReason, detail: str) -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail

    def __str__(self) -> str:
        return f"{self.reason}: {self.detail}"
