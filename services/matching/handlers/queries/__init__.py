"""What people ask to see. It is worked out from the groups when they ask; nothing is kept for it."""
