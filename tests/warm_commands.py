"""Imported by the process that the tests fork workers and commands from: loads what commands load late."""

import importlib

for name in (
    "forked",
    "copydesk.flows.workers.warm_worker",
    *(f"copydesk.flows.cli.{name}" for name in ("main", "progress", "forget", "maintain", "backup")),
    *(f"copydesk.flows.{name}" for name in ("clean", "forget", "maintain", "replay", "settle_changes")),
    *(f"copydesk.warehouse.{name}" for name in ("backup", "read_article", "search.update_index")),
):
    importlib.import_module(name)
