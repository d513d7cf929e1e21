"""Signing in: by a mail's link or code, then by an authenticator."""
