"""The text kit: array operations over the letters and marks of many texts at once, and what is joined with what."""
