"""The command line and the demo's own parts."""
