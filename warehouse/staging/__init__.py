"""The staging folder: what a run has taken in and refined and not yet committed, shard by shard."""
