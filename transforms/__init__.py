"""The work: pure functions, Arrow or plain values in and out. No files, network, clock, environment or randomness."""
