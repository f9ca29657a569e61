"""A real PostgreSQL server of its own on 127.0.0.1, for tests of a warehouse whose catalog stands in one."""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

PASSWORD = "right-one"
NOBODY = 65_534


@dataclass(frozen=True, slots=True)
class Server:
    """A running server. `address` is its connection string but for password and database."""

    folder: Path
    port: int
    programs: Path

    @property
    def address(self) -> str:
        return f"host=127.0.0.1 port={self.port} user=desk"

    def create(self, name: str, *options: str) -> str:
        """Create a database; return its connection string."""
        self.run("createdb", *options, name)
        return f"{self.address} password={PASSWORD} dbname={name}"

    def run(self, program: str, *words: str, given: bytes = b"") -> bytes:
        """Run one of the server's own programs; return what it says."""
        login = ["-h", "127.0.0.1", "-p", str(self.port), "-U", "desk"]
        environment = os.environ | {"PGPASSWORD": PASSWORD}
        command = [self.programs / program, *login, *words]
        return subprocess.run(
            command, env=environment, input=given, check=True, stdout=subprocess.PIPE
        ).stdout

    def restart(self) -> None:
        """Break off what it does, and start it anew."""
        self.control("-m", "immediate", "restart")

    def control(self, *words: str) -> None:
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        log = ["-l", str(self.folder / "log"), "-w"]
        _run([self.programs / "pg_ctl", "-D", self.folder / "data", "-o", options, *log, *words])


@contextmanager
def postgres_server() -> Iterator[Server]:
    """Start a server. Skips where PostgreSQL is not installed."""
    programs = _programs()
    if programs is None:
        pytest.skip("needs PostgreSQL (initdb and pg_ctl, of Debian's package postgresql)")
    folder = Path(f"/tmp/copydesk-pg-{os.getpid()}")  # a socket's path is short
    folder.mkdir()
    try:
        (folder / "password").write_text(PASSWORD)
        (folder / "password").chmod(0o644)
        if os.geteuid() == 0:  # PostgreSQL refuses to be root
            os.chown(folder, NOBODY, NOBODY)
        login = ["-U", "desk", "--auth=scram-sha-256", f"--pwfile={folder / 'password'}"]
        _run([programs / "initdb", "-D", folder / "data", "--no-sync", *login])
        server = Server(folder, _free_port(), programs)
        server.control("start")
        try:
            yield server
        finally:
            server.control("-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)


def _programs() -> Path | None:
    """Return the folder of the server's programs: on the path, or where Debian keeps them."""
    found = shutil.which("pg_ctl")
    folders = [Path(found).resolve().parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((folder for folder in folders if (folder / "initdb").exists()), None)


def _run(command: list[str | Path]) -> None:
    user = NOBODY if os.geteuid() == 0 else None
    subprocess.run(command, user=user, group=user, cwd="/", check=True, stdout=subprocess.DEVNULL)


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
