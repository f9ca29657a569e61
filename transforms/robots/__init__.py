"""robots.txt by RFC 9309: bytes in, rules and decisions out."""
