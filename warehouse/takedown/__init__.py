"""Takes documents down for good: out of the tables, off the disk, and never back."""
