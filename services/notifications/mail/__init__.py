"""Writes mails: templates, their styles, and the parts of a message."""
