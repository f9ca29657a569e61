"""Settings of the network, from the environment and from `.env`."""

from pathlib import Path

import pytest

from copydesk.flows.fetch.fetch_settings import FetchSettings
from copydesk.flows.settings import Settings
from copydesk.schemas.user_error import UserError

GIVEN = {
    "COPYDESK_CONTACT": " desk@gazette.example ",
    "COPYDESK_ALLOW_PRIVATE_HOSTS": "Intranet, 127.0.0.1:8080,,",
    "COPYDESK_DEADLINE_SECONDS": "8",
    "COPYDESK_TDM": "record",
}


def test_the_defaults_are_those_of_a_stranger() -> None:
    """Nothing set: no private host, one request at a time, a pause, rights honoured."""
    settings = Settings().fetch_settings
    assert settings == FetchSettings()
    assert (settings.allow_private_hosts, settings.requests_per_host, settings.tdm) == (
        frozenset(),
        1,
        "honour",
    )
    assert settings.delay_seconds > 0


@pytest.mark.parametrize("place", ["environment", ".env"])
def test_variables_are_read(place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each variable reaches its setting, from `.env` as well; hosts are separated by commas, in any case."""
    monkeypatch.chdir(tmp_path)
    if place == ".env":
        Path(".env").write_text("".join(f"{name}={value}\n" for name, value in GIVEN.items()), "utf-8")
    else:
        for name, value in GIVEN.items():
            monkeypatch.setenv(name, value)
    settings = Settings().fetch_settings
    assert settings.user_agent == "Copydesk/1.0 (+desk@gazette.example)"
    assert settings.allow_private_hosts == {"intranet", "127.0.0.1:8080"}
    assert (settings.deadline_seconds, settings.tdm) == (8.0, "record")


@pytest.mark.parametrize(
    ("name", "value"), [("COPYDESK_DEADLINE_SECONDS", "soon"), ("COPYDESK_TDM", "perhaps")]
)
def test_a_wrong_value_is_told(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The variable stands in the message."""
    monkeypatch.setenv(name, value)
    with pytest.raises(UserError, match=name):
        Settings()
