"""Writes and sends mails, keeps what became of each, and reads what comes back: calendar replies and bounces."""
