"""The words: every table and column once, the enumerations, and the one gate that conforms a table."""
