"""What a page itself shows to be boilerplate among the lines of its text."""
