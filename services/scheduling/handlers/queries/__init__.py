"""What people ask to see; nothing is saved."""
