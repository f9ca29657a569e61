"""Readers of files: each yields documents as they came, or what it refused and why."""
