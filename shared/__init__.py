"""What independent services have in common: contracts and the ways to exchange them. Imports no service."""
