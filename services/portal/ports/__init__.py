"""What pages and handlers need from outside, as small Protocols by who uses them."""
