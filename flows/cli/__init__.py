"""The command `copydesk`: a thin layer over functions that Python users call too."""
