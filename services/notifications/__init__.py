"""Mails: who gets which, what became of each, and what comes back (calendar replies, bounces)."""
