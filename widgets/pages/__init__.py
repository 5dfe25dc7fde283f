"""What fills the middle of the window when there is no article in it."""
