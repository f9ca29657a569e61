"""The SQL of a replay: documents read again, compared with what stands, and written anew where they differ."""
