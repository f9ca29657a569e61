"""Starts Prefect's temporary server out of reach of the keyboard's interrupt. Import it after `prepare_prefect`."""

import os
import signal
from threading import Thread

from prefect.server.api.server import SubprocessASGIServer


def start_prefect_server() -> None:
    """Start the server that Prefect would start by itself, where none is configured.

    A terminal interrupts every process of a command. Without its server a run that ends asks for it for a minute,
    and complains at length.
    """
    if os.environ.get("PREFECT_API_URL"):
        return
    starter = Thread(target=_start, daemon=True)
    starter.start()
    starter.join()


def _start() -> None:
    # The mask is this thread's and its child's. The command ends the server with SIGTERM, which is let through.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGHUP})
    SubprocessASGIServer().start()
