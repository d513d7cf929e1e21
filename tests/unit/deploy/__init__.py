"""Deployment without servers."""
