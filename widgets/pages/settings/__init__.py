"""The page of settings, made from the table of settings."""
