"""The `kindred` command: one file a group of commands, each a thin asker of contracts."""
