"""How a running service is: what it finds wrong, what it tells, and when it gives itself up."""
