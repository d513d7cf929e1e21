"""The `kindred` command: a package for each service it asks, one module a group of commands."""
