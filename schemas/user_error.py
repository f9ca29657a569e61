"""The one error for what a user gave: a path, a list, a query, a setting."""


class UserError(ValueError):
    """It cannot be used. The message says what was given, what was expected, what to do; a line a fault."""
