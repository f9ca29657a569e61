"""Who made an article: people, news agencies and houses, told apart by their names."""
