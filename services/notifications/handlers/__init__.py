"""What the service hears, answers and finds, one file a subject."""
