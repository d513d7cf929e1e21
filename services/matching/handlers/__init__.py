"""What matching hears, is told to do and is asked."""
