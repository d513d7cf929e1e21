"""How a running service is: what it checks, what it reports, and when it ends itself."""
