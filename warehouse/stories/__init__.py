"""What the warehouse remembers of stories: features of articles, memberships, vocabulary."""
