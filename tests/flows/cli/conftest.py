"""What the tests of the command share."""

from functools import partial

import pytest
from small_desk import Copydesk, command


@pytest.fixture
def copydesk(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Copydesk:
    """Run the command in this process; it returns its exit code, output and errors, and never a traceback."""
    return partial(command, monkeypatch, capsys)
