"""What the portal hears, answers and tells."""
