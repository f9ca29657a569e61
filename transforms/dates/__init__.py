"""Dates with evidence: every date that a document offers, the day of publication, and what the text bounds."""
