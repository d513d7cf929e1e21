"""Trusts and partnerships of a programme: their schools and people, categories, and who reports to whom."""
