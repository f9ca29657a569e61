"""From extracted text to the body, with a span for everything that left it and a reading of what it said."""
