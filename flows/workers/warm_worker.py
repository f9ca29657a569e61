"""Imported by the process that workers are forked from: loads once what the first document of each would load."""

from flows.load_rules import load_rules
from flows.workers.refine_task import prepare

prepare(load_rules(()), {})
