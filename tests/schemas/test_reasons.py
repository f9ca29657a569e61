"""Reasons of quarantine stand in one list, and nothing writes another."""

from inspect import get_annotations

import pytest

from copydesk.flows.fetch.errors import FetchError
from copydesk.flows.read.raw_document import Refused
from copydesk.flows.read.read_row import Carrier
from copydesk.flows.read.warc_payload import WarcPageError
from copydesk.flows.sources.limited import LimitError
from copydesk.flows.sources.source_run import SourceError
from copydesk.flows.workers.worker import Failure
from copydesk.schemas.reasons import Reason
from copydesk.schemas.staged import REFUSALS
from copydesk.schemas.tables import TABLES
from copydesk.transforms.refuse import Crash, Unextractable, refuse

CARRIERS = (
    Refused, Failure, Crash, refuse, Carrier.refuse,
    *(error.__init__ for error in (FetchError, SourceError, WarcPageError, LimitError, Unextractable)),
)  # fmt: skip


@pytest.mark.parametrize("carrier", CARRIERS, ids=lambda each: each.__qualname__)
def test_what_brings_a_reason_takes_one_of_the_list(carrier) -> None:
    """Whatever carries a reason to quarantine takes a Reason: mypy lets no other word pass."""
    assert get_annotations(carrier)["reason"] is Reason


@pytest.mark.parametrize("table", [TABLES["quarantine"], REFUSALS], ids=["quarantine", "staged"])
def test_tables_hold_no_other_reason(table) -> None:
    """The column is closed: the gate lets no other word into it, and a check finds one."""
    assert table.columns["reason"].values == set(Reason)


def test_every_reason_says_what_it_means() -> None:
    """Each has a sentence, which stands in docs/reference.md."""
    assert [reason for reason in Reason if not reason.sentence.endswith(".")] == []
