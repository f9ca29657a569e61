"""The work: pure functions over Arrow or plain values; no files, network, clock, environment or chance."""
