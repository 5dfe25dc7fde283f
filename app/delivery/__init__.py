"""What is handed over: files that are whole or not there, in parts, with what is said about them."""
