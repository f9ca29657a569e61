"""moto's S3 on 127.0.0.1, with the faults that a store on the net has: it is busy, it hangs up, it refuses keys."""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from socket import SHUT_RDWR
from threading import Lock, Thread
from typing import Any

from moto.backends import get_backend
from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import WSGIRequestHandler, make_server

KEY = "desk-key"
BUCKET = "news"


@dataclass(slots=True)
class Store:
    """`faults` are spent by the next requests of a method: a status, or `reset` to hang up."""

    faults: list[tuple[str, int | str]] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)
    address: str = ""

    @property
    def keys(self) -> list[str]:
        """The names of all objects."""
        return sorted(_buckets()[BUCKET].keys.keys())

    @property
    def objects(self) -> dict[str, bytes]:
        """All objects by their names."""
        return {name: key.value for name, key in _buckets()[BUCKET].keys.items()}

    def put(self, objects: dict[str, bytes]) -> None:
        """Have these objects and no others."""
        _buckets()[BUCKET].keys.clear()
        for name, value in objects.items():
            get_backend("s3")["123456789012"]["aws"].put_object(BUCKET, name, value)

    def fault_of(self, method: str) -> int | str | None:
        """Take the next fault of a method."""
        with self.lock:
            at = next((at for at, (wanted, _) in enumerate(self.faults) if wanted == method), None)
            return None if at is None else self.faults.pop(at)[1]


class _Quiet(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"

    def log(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def s3_server() -> Iterator[Store]:
    """Start a store with an empty bucket."""
    logging.getLogger("werkzeug").setLevel(logging.CRITICAL)
    get_backend("s3")["123456789012"]["aws"].reset()
    get_backend("s3")["123456789012"]["aws"].create_bucket(BUCKET, "eu-central-1")
    store = Store()
    server = make_server("127.0.0.1", 0, _with_faults(store), threaded=True, request_handler=_Quiet)
    server.daemon_threads = True
    store.address = f"http://127.0.0.1:{server.port}"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield store
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _with_faults(store: Store) -> Callable[..., Iterable[bytes]]:
    application = DomainDispatcherApplication(create_backend_app)

    def answer(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        fault = store.fault_of(environ["REQUEST_METHOD"])
        if fault is None and f"Credential={KEY}/" not in environ.get("HTTP_AUTHORIZATION", ""):
            fault = 403
        if fault is None:
            return application(environ, start)  # type: ignore[no-any-return]
        environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        if fault == "reset":
            environ["werkzeug.socket"].shutdown(SHUT_RDWR)
            raise ConnectionResetError
        body = b"<Error><Code>SlowDown</Code><Message>SlowDown</Message></Error>"
        start(f"{fault} Fault", [("Content-Length", str(len(body)))])
        return [body]

    return answer


def _buckets() -> Any:
    return get_backend("s3")["123456789012"]["aws"].buckets
