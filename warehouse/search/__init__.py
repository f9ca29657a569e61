"""Full-text search over titles and bodies, in an SQLite file beside the catalog that follows the tables."""
