"""What this service answers, what it hears, and what it carries out in the background."""
