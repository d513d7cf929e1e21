"""Every kept input from the field, played against running services: what is expected, and what is seen."""
