"""Reads what is quoted, and who says it."""
