"""Reporting's ports in memory."""
