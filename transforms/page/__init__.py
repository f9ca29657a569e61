"""One reading of a parsed page, shared by extraction, dates and the evidence of lines."""
