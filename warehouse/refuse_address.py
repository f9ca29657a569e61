"""Refuses the address of a PostgreSQL catalog that libpq would cut apart otherwise than it was meant.

libpq repeats what it cannot place, and in a password with a space or a slash that is a piece of the password. So no
such address reaches it, and what is told of one repeats nothing of it.
"""

import re

_HOST = r"(?:\[[^\]\s]*\]|[^:/?#@\[\]\s,]*)(?::\d*)?"
_URL = re.compile(rf"postgres(?:ql)?://(?:[^/?#@\s]*@)?{_HOST}(?:,{_HOST})*(?:/[^/?#@\s]*)?(?:\?[^\s#]*)?")
_WORD = re.compile(
    r"\s*(?P<name>\w+)\s*=\s*(?P<value>'(?:[^'\\]|\\.)*'|(?:[^\s'\\]|\\.)(?:[^\s\\]|\\.)*)?(?=\s|$)\s*"
)
_PORTS = re.compile(r"'[\d,]*'|[\d,]*")


def refuse_address(address: str) -> None:
    """Raise ValueError, which says how it is written, for what is neither a URL nor words with values of libpq's."""
    if "://" in address.partition("=")[0]:
        if not _URL.fullmatch(address):
            raise ValueError(
                "wanted postgresql://USER:PASSWORD@HOST:PORT/DATABASE, where each / @ : ? # and space of a user,"
                " password or database is written %2F %40 %3A %3F %23 %20"
            )
    elif not _is_of_words(address):
        raise ValueError(
            "wanted host=HOST port=PORT user=USER dbname=DATABASE, a value with spaces in '...', and \\' for a ' in one"
        )


def _is_of_words(address: str) -> bool:
    words = list(_WORD.finditer(address))
    ports = [word["value"] or "" for word in words if word["name"] == "port"]
    return "".join(word.group() for word in words) == address and all(map(_PORTS.fullmatch, ports))
