"""Reads what dates the articles of a story, and writes the intervals that follow from it."""
