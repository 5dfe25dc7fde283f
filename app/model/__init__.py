"""Frozen values: documents, annotations, label schemas, and the checks over them."""
