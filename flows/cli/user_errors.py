"""The errors that a user can mend: each is shown as one line, without a traceback."""


def user_errors() -> tuple[type[Exception], ...]:
    """Return the exceptions whose message tells the user what was given, what was expected, what to do."""
    from pydantic import ValidationError

    from flows.read.find_files import UnusablePathError
    from flows.sources.read_sources import SourceListError
    from transforms.rules.parse_rules import RuleError
    from warehouse.attach import NoWarehouseError
    from warehouse.judge_query import QueryError
    from warehouse.read_article import UnknownArticleError
    from warehouse.read_form import MigrationError
    from warehouse.read_quarantine import UnknownReasonError
    from warehouse.refuse_lost_catalog import DamagedWarehouseError

    return (
        UnusablePathError,
        SourceListError,
        NoWarehouseError,
        DamagedWarehouseError,
        MigrationError,
        UnknownArticleError,
        QueryError,
        UnknownReasonError,
        RuleError,
        ValidationError,
        FileNotFoundError,
        FileExistsError,
        IsADirectoryError,
        NotADirectoryError,
    )
