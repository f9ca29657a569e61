"""What a site repeats from article to article: found, judged, and taken out of bodies. Pure functions."""
