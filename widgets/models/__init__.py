"""Qt item models over session values."""
