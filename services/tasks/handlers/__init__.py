"""What the service reacts to, does and answers."""
