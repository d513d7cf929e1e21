"""What scheduling hears, is asked and is reminded of, one file a subject."""
