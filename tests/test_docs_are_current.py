"""Pages that are written from the code say what the code says."""

from flows.write_docs import PAGE, tables_page


def test_tables_page_is_current() -> None:
    """docs/tables.md is what `make docs` would write now."""
    assert PAGE.read_text("utf-8") == tables_page(), "run: make docs"
