"""Entries: what people fill in on a template's forms, who may do what with them, and what each step decides."""
