"""What is decided: pure functions from records, a command or event, and the time to records and events."""
