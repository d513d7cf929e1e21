"""Hands mails to the relay: claims, writes, sends, notes what became of them, tells it."""
