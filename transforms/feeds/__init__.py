"""Feeds: the bytes of RSS, Atom, RDF or JSON Feed in, entries out."""
