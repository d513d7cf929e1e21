"""Setting a programme up in the console, over all services."""
