"""What the server itself says to visitors, in every language: the first paint, calendar entries, notices."""
