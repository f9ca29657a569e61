"""A real PostgreSQL server of its own on 127.0.0.1, for tests of a warehouse whose catalog stands in one."""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

PASSWORD = "right-one"


@contextmanager
def postgres_server(folder: Path) -> Iterator[str]:
    """Start a server; give the connection string but for its password. Skips where PostgreSQL is not installed."""
    if not (shutil.which("initdb") and shutil.which("pg_ctl")):
        pytest.skip("needs PostgreSQL (initdb and pg_ctl on the path)")
    folder = Path("/tmp") / f"copydesk-pg-{os.getpid()}-{folder.parent.name}"
    folder.mkdir()
    (folder / "password").write_text(PASSWORD)
    (folder / "password").chmod(0o644)
    data, port = folder / "data", _free_port()
    user = _server_user(folder)
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
    login = ["-U", "desk", "--auth=scram-sha-256", f"--pwfile={folder / 'password'}"]
    try:
        _run(["initdb", "-D", str(data), "--no-sync", *login], user)
        _run(["pg_ctl", "-D", str(data), "-o", options, "-l", str(folder / "log"), "-w", "start"], user)
        try:
            yield f"host=127.0.0.1 port={port} user=desk dbname=postgres"
        finally:
            _run(["pg_ctl", "-D", str(data), "-m", "immediate", "stop"], user)
    finally:
        shutil.rmtree(folder)


def _server_user(folder: Path) -> int | None:
    """Return the user to run it as: PostgreSQL refuses to be root."""
    if os.geteuid() != 0:
        return None
    os.chown(folder, 65_534, 65_534)
    return 65_534


def _run(command: list[str], user: int | None) -> None:
    subprocess.run(command, user=user, group=user, cwd="/", check=True, stdout=subprocess.DEVNULL)


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
