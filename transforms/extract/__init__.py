"""From a payload as received to its text and what its page says beside the text."""
