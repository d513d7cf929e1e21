"""What this service hears, answers and is reminded of; one file a subject."""
