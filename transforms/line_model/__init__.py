"""A learned judgement of lines: how they read and where they stand among the lines that are left, in columns."""
