"""The rules for mails and calendar invitations. Pure functions: time, ids and randomness are arguments."""
