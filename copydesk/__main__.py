"""The command, for `python -m copydesk`."""

from copydesk.flows.cli.main import main

if __name__ == "__main__":
    main()
