"""Imported by the process that the workers of the tests are forked from: loads all that the first document loads."""

from flows.ingest.run import refining_versions
from flows.load_rules import load_rules
from flows.workers.refine_task import prepare

_RULES = load_rules(())
prepare(_RULES, refining_versions(_RULES))
