"""`python -m kindred`, and the command `kindred` of an installed wheel."""

import sys

from kindred.cli.app import main


def command() -> int:
    """Run what this process was called with; return the exit code."""
    return main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(command())
