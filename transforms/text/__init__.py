"""The text kit: array operations over the letters and marks of many texts at once, and the letters of one."""
