"""Offsets, graphemes, words, direction and folding of the article text."""
