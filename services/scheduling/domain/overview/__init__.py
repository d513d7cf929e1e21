"""All dates of a programme side by side."""
