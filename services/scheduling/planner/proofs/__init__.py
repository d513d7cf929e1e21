"""Proofs that groups must go without dates, and what would help."""
