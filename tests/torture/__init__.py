"""Proofs that nothing is lost and no one gets in: each breaks something on purpose, and counts."""
