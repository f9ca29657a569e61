"""Bytes and the characters that they stand for."""
