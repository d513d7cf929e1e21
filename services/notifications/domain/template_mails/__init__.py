"""Mails whose words come from a programme's template: of tasks, of entries, and its own. Pure."""
