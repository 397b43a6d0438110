"""Languages beyond Ukrainian and English: each is one file with what visitors read, by room and name."""
