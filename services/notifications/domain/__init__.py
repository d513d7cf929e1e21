"""The rules of mails and calendar invitations: pure functions over facts; time, ids and randomness come in."""
