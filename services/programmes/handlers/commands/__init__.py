"""What people ask to be done: one module a subject, one method a command."""
