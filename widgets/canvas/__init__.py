"""The text surface on which spans are made and read."""
