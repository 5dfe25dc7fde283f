"""What annotations are worth: what is wrong with them, and how far annotators agree."""
