"""Measures what the hand feels, in the real window, offscreen: `python3 dev.py bench --json`."""
