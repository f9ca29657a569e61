"""The SQL of site memory: sightings, verdicts, and the bodies that hang on them."""
