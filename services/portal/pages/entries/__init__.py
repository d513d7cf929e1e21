"""Entries of templates' forms: filled in, read, agreed to or sent back, let go. One page for every form there is."""
