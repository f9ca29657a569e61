"""What the warehouse remembers of copies: sampled shingles, edges, groups."""
