"""Run one of the sample services as a process of its own: ``python -m tests.integration.bus.process belfry``."""

import sys

from shared.settings import Settings
from tests.integration.bus import samples

if __name__ == "__main__":
    getattr(samples, sys.argv[1])(Settings()).run()
