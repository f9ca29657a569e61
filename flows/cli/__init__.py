"""The command `copydesk`: a thin layer over functions that Python users call too."""

from flows.cli.main import main

__all__ = ["main"]
