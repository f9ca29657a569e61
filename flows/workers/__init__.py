"""The one door through which work is spread over processes."""
