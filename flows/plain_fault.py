"""Says in plain words what pydantic finds wrong with a value."""

import re

_WORDS = (
    ("Value error, ", ""),
    ("Input should be ", "wanted "),
    (r"a valid integer.*", "a whole number"),
    (r"a valid number.*", "a number"),
    (r"a valid boolean.*", "true or false"),
    (r"greater than or equal to (\S+)", r"\1 or more"),
    (r"less than or equal to (\S+)", r"\1 or less"),
    ("String should match pattern .*", "wanted a size such as 1GB"),
)


def plain_fault(message: str) -> str:
    """Return a message of pydantic's as a person would say it."""
    for pattern, words in _WORDS:
        message = re.sub(pattern, words, message)
    return message
