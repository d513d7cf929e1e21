"""Writing mails: templates, their styles, the parts of a message."""
