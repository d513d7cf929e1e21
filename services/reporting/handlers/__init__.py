"""What this service does on commands, queries, events and reminders."""
