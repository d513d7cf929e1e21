"""The released contracts: a schema and a golden example for each message, and the check that keeps them compatible."""
