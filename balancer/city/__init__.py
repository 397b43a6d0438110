"""What a city is: its definition, its hours, its files."""
