"""What handlers need from outside, as small Protocols by who uses them."""
