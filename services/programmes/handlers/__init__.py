"""What this service answers, and the imports it carries out in the background."""
