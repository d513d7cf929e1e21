"""What people ask to see: worked out from the groups when asked, nothing is kept for it."""
