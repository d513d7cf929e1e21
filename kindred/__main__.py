"""`python -m kindred`."""

import sys

from kindred.cli.app import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
