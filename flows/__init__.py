"""The clock and the door: Prefect, network, files, settings and the command."""
