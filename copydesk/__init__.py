"""Copydesk: an incremental news pipeline. The rooms below it lie beside it in the repository."""
