"""Dates with evidence: every date that a document offers, the day of publication, and what the text bounds."""

from transforms.dates.bound_text import Bounds, bound_text
from transforms.dates.date_input import DateInput
from transforms.dates.find_dates import find_dates
from transforms.dates.infer_interval import Interval, infer_interval
from transforms.dates.infer_story import StoryMember, infer_story

__all__ = [
    "Bounds",
    "DateInput",
    "Interval",
    "StoryMember",
    "bound_text",
    "find_dates",
    "infer_interval",
    "infer_story",
]
