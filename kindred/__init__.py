"""What people run: the `kindred` command and the demo. It asks services through contracts only."""
