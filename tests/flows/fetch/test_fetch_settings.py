"""Settings of the network, from the environment."""

import pytest

from copydesk.flows.fetch.fetch_settings import FetchSettings, read_fetch_settings


def test_the_defaults_are_those_of_a_stranger() -> None:
    """Nothing set: no private host, one request at a time, a pause, rights honoured."""
    settings = read_fetch_settings({})
    assert settings == FetchSettings()
    assert (settings.allow_private_hosts, settings.requests_per_host, settings.tdm) == (
        frozenset(),
        1,
        "honour",
    )
    assert settings.delay_seconds > 0


def test_variables_are_read() -> None:
    """Each variable reaches its setting; hosts are separated by commas, in any case."""
    settings = read_fetch_settings(
        {
            "COPYDESK_CONTACT": " desk@gazette.example\n",
            "COPYDESK_ALLOW_PRIVATE_HOSTS": "Intranet, 127.0.0.1:8080,,",
            "COPYDESK_DEADLINE_SECONDS": "8",
            "COPYDESK_TDM": "record",
        }
    )
    assert settings.user_agent == "Copydesk/1.0 (+desk@gazette.example)"
    assert settings.allow_private_hosts == {"intranet", "127.0.0.1:8080"}
    assert (settings.deadline_seconds, settings.tdm) == (8.0, "record")


@pytest.mark.parametrize(
    ("name", "value"), [("COPYDESK_DEADLINE_SECONDS", "soon"), ("COPYDESK_TDM", "perhaps")]
)
def test_a_wrong_value_is_told(name: str, value: str) -> None:
    """What was given stands in the message."""
    with pytest.raises(ValueError, match=value):
        read_fetch_settings({name: value})
