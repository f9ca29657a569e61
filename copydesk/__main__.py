"""The command, also for `python -m copydesk`."""

import signal

if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
    signal.signal(
        signal.SIGINT, signal.SIG_DFL
    )  # Ctrl-C ends the process while modules load, without a traceback

from copydesk.flows.cli.main import main

if __name__ == "__main__":
    main()
