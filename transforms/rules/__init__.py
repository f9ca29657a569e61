"""The cleaning rules as data, one TOML file a kind, and the parser that turns them into a rule set."""
