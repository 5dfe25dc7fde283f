"""Hashiya without a screen: model, text, store, formats and command line."""

__version__ = "0.1.0"
