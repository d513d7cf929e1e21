"""What people run: the `kindred` command and the demo. It asks services through contracts only."""

__version__ = "0.1.0"
