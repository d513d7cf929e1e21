"""``python -m deploy.embedded [FOLDER]``: run nats-server and mongod until Ctrl-C and print where they are."""

import signal
import sys
import threading
from pathlib import Path

from deploy.embedded import Servers
from shared.errors import KindredError


def main(arguments: list[str]) -> int:
    """Start the servers under FOLDER (default ``.kindred``); return the exit code."""
    folder = Path(arguments[0] if arguments else ".kindred").absolute()
    over = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: over.set())
    try:
        with Servers(folder) as servers:
            for name, value in servers.environment.items():
                print(f"export {name}='{value}'", flush=True)
            while not over.wait(1.0):
                pass
    except KindredError as error:
        print(error.sentence, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
