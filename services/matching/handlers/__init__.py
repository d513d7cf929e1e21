"""What matching reacts to, does and answers."""
