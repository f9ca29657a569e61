"""Sitemaps: pieces of the file in, addresses out, one at a time."""
