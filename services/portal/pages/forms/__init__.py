"""Pages with a form, a module each, and what forms have in common."""
