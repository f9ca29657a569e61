"""What is known of each language, a file each: copy one to add another."""
