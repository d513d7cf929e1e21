"""Mails as somebody would get them, written by the code that sends them, before anything has happened."""
