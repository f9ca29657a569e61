"""Starts the process that worker processes are forked from, out of reach of the signals that end a command."""

import multiprocessing
import signal
from multiprocessing import forkserver, resource_tracker

from copydesk.flows.stopping import SIGNALS

WARM = "copydesk.flows.workers.warm_worker"


def start_fork_server() -> None:
    """Start it where it does not run yet. A process has one, so it is warm for every kind of worker.

    A terminal and a service manager signal every process of a command. This one and its workers hear nothing of it:
    the command ends them, and it alone says so.
    """
    multiprocessing.get_context("forkserver").set_forkserver_preload([WARM])
    before = signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    try:
        resource_tracker.ensure_running()  # by itself: its start lets some of these signals in again
        signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
