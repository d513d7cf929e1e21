"""What people ask to be done."""
