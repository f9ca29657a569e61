"""Dates with evidence: every date that a document offers, the day of publication, and what the text bounds."""

from transforms.dates.date_input import DateInput
from transforms.dates.find_dates import find_dates

__all__ = ["DateInput", "find_dates"]
