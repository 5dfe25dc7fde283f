"""What could be marked next, and why: one file for each source, and how they are weighed against each other."""
