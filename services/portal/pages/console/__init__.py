"""The coordinator's pages, over the same commands and queries as the command line."""
