"""What an environment may hold: nothing, what is no setting, and secrets that were written wrongly."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from copydesk.flows.settings import Settings
from copydesk.schemas.user_error import UserError

MEANT = "eel-ladder"


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_what_is_empty_is_not_set(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line `COPYDESK_X=` is that setting's default: no folder of that name, no mistake."""
    monkeypatch.setenv(f"COPYDESK_{name.upper()}", "")
    assert getattr(Settings(), name) == Settings.model_fields[name].default


@pytest.mark.parametrize(
    "given",
    [
        f"postgresql://desk:{MEANT}/of@db.example/news",
        f"postgresql://desk:of@{MEANT}@db.example/news",
        f"postgresql://desk:of#{MEANT}@db.example/news",
        f"postgresql://desk:1{MEANT}/of@db.example:5432/news",
        f"postgresql://desk:5432/{MEANT}@db.example/news",
        f"host=db.example password=of {MEANT} dbname=news",
        f"host=db.example password='it is ''{MEANT}''' dbname=news",
        f"host=db.example password='{MEANT}",
        f"host=db.example port={MEANT}",
        f"host=db.example port= password={MEANT}",
        f"postgres:host=db.example password={MEANT}",
        MEANT,
    ],
)
def test_no_piece_of_a_password_is_told(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An address that libpq would cut apart otherwise is the user's mistake, and the line repeats nothing of it."""
    monkeypatch.setenv("COPYDESK_CATALOG", given)
    with pytest.raises(UserError, match="COPYDESK_CATALOG: wanted ") as told:
        Settings()
    assert MEANT not in str(told.value)


@pytest.mark.parametrize(
    "given",
    [
        "dbname=news",
        "host=db.example user=desk dbname=news",
        r" host = /run/pg port='5432' password='it\'s an eel ladder' ",
        r"password=it\'s@a/ladder host=a,b port=5432,5433 options='-c x.port=far'",
        "postgresql://desk:eel%2Fladder@db.example:5432/news?sslmode=require",
        "postgres://desk@[::1]:5432,other:5433/news",
        "postgresql:///news?password=eel@ladder/",
    ],
)
def test_what_libpq_takes_is_taken(given: str) -> None:
    """An address in either form comes through as it is."""
    assert Settings(catalog=given).place.catalog == given


def test_file_of_settings_that_is_no_text_is_told_in_a_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """An editor of another day wrote it in Latin-1: the file is named, and nothing of it is told."""
    monkeypatch.chdir(tmp_path)
    Path(".env").write_bytes("COPYDESK_CONTACT=Möwe".encode("latin-1"))
    with pytest.raises(UserError, match=r"^\.env: not UTF-8$"):
        Settings()


@pytest.mark.parametrize(
    ("name", "given"),
    [("worker_memory_gb", given) for given in ("inf", "nan", "1e10", "0.1", "-1")]
    + [("portion_documents", given) for given in ("0", "1", "99", "1e10")],
)
def test_numbers_with_which_no_run_ends_are_refused(
    name: str, given: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What no limit of the kernel can be, and a second for each few documents: the variable is named, however written."""
    monkeypatch.setenv(f"copydesk_{name}", given)
    with pytest.raises(UserError, match=f"^COPYDESK_{name.upper()}: "):
        Settings()


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("COPYDESK_WAREHUOSE", "COPYDESK_WAREHOUSE"),
        ("COPYDESK_SOURCE", "COPYDESK_SOURCES"),
        ("copydesk_max_workers", "COPYDESK_WORKERS"),
        ("COPYDESK__TIME_ZONE", "COPYDESK_TIMEZONE"),
    ],
)
def test_a_slip_of_the_pen_is_told(
    given: str, meant: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A name in the environment or its file that is nearly a setting's is told with what it may mean, never its value."""
    monkeypatch.chdir(tmp_path)
    said = f"^{given.upper()} is no setting and changes nothing; {meant} is one$"
    Path(".env").write_text(f"{given}={MEANT}\n")
    with pytest.warns(UserWarning, match=said):
        Settings()
    Path(".env").unlink()
    monkeypatch.setenv(given, MEANT)
    with pytest.warns(UserWarning, match=said):
        Settings()


@pytest.mark.parametrize(
    "given", ["PORT", "SERVICE_HOST", "SERVICE_PORT_HTTP", "PORT_8080_TCP_ADDR", "IMAGE", "VERSION", "SHARED"]
)
def test_names_of_others_are_left_alone(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a cluster sets for a service of our name, and what reads like no setting, is nobody's mistake."""
    monkeypatch.setenv(f"COPYDESK_{given}", "tcp://10.0.0.7:8080")
    assert Settings() == Settings()


HOSTILE = [
    "0", "-1", "1e308", "nan", "-inf", "1e-320", "9" * 400, "٣", "1_000", " 5 ", "5\n6", "\x1b[31mred", "yes", "[1", "{}",
    '["a"]', '{"text": 5}', "é" * 300, "a\udcffb", "~", "..", "/dev/null", "file/x", "loop", "0GB", "0.0KB", "63MB",
    "99999999TB", "-1GB", "1XB", "١GB", "1e3GB", "://", "s3://", "http://[::1",
]  # fmt: skip


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_whatever_is_set_is_taken_or_refused_in_a_line(
    name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """No value of any setting is a fault of ours: where it cannot be, a line names the variable."""
    monkeypatch.chdir(tmp_path)
    Path("loop").symlink_to("loop")
    Path("file").write_text("")
    variable = f"COPYDESK_{name.upper()}"
    for given in HOSTILE:
        monkeypatch.setenv(variable, given)
        try:
            settings = Settings()
        except UserError as error:
            said = str(error)
        else:
            said = f"{variable}: {settings.place.folder}, {settings.limits}, {settings.fetch_settings}"
            timedelta(
                days=settings.snapshot_days, seconds=(settings.wait_seconds or 0) + settings.server_seconds
            )
        assert re.match(f"{variable}: ", said), given
