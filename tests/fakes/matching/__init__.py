"""Matching in memory. Its stores pass the contract suite that MongoDB passes: ``tests/integration/matching``."""
