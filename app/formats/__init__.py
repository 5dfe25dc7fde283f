"""Files in and out: a registry with one module per format."""
