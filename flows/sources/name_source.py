"""Names a source after its address."""


def name_of_address(url: str, *, is_page: bool = False) -> str:
    """Return a name of letters, digits and hyphens: the host, and for a listing its path too."""
    host, _, path = url.partition("://")[2].partition("/")
    words = [host.rpartition("@")[2].removeprefix("www.")]
    if not is_page:
        words += [part for part in path.partition("?")[0].split("/") if part]
    return "".join(c if c.isalnum() else "-" for c in "-".join(words)).strip("-")[:60]
