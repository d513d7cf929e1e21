"""What falls due: the reminders that are set, and what happens when one comes."""
