"""Read what stands before an element on its page, where labels such as `Published:` are."""

from typing import Any


def text_before(element: Any) -> str:
    """Return some of the visible text that stands before an element, nearest last."""
    before, current = "", element
    for _ in range(8):
        previous = current.getprevious()
        if previous is not None:
            before = _tail_end(previous) + " " + (previous.tail or "")[-60:] + before
            current = previous
        else:
            current = current.getparent()
            if current is None or current.tag == "body":
                break
            before = (current.text or "")[-60:] + " " + before
        if len(before.strip()) > 30:
            break
    return before[-60:]


def _tail_end(element: Any) -> str:
    """Return the last text inside an element; a long one is not walked."""
    for _ in range(5):
        if not isinstance(element.tag, str) or element.tag in ("script", "style", "noscript"):
            return ""
        if len(element) == 0:
            return (element.text or "")[-60:]
        last = element[-1]
        if last.tail and last.tail.strip():
            return str(last.tail[-60:])
        element = last
    return ""
