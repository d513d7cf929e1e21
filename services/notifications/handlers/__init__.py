"""What the service subscribes to, what it is asked, and what it does in the background."""
