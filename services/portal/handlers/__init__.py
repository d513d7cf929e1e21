"""What the portal does on commands, and its read models from events."""
