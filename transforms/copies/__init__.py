"""Copies: which articles carry the same text, which merely look alike, and the groups they form."""
