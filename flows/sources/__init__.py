"""The source list, and what brings in the documents of each kind of source."""
