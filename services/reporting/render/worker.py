"""The render worker: a process of its own with a limit on memory, fed over its standard input.

A report that makes it hang or die harms this process only. It ends when the service closes the pipe.
"""

import json
import os
import resource
import sys
from typing import BinaryIO

from services.reporting.domain.reports.kinds import REPORT
from services.reporting.render import frames
from services.reporting.render.formats import render
from services.reporting.render.pdf import PdfMaker, TypesetError


def limit_memory(megabytes: int) -> None:
    """Let this process allocate no more than this much address space."""
    size = megabytes * 1024 * 1024
    if sys.platform != "darwin":  # macOS refuses any limit on address space
        resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def serve(source: BinaryIO, target: BinaryIO) -> None:
    """Render what comes in until it ends. An answer is a frame of JSON, then a frame for each format it names."""
    maker = PdfMaker()
    while (request := frames.read(source)) is not None:
        try:
            made = render(maker, REPORT.validate_json(request))
        except (TypesetError, ValueError) as refused:
            target.write(frames.packed(json.dumps({"refused": str(refused)[:2000]}).encode()))
        else:
            head = {"pages": made.pages, "formats": list(made.files)}
            target.write(frames.packed(json.dumps(head).encode()))
            target.writelines(frames.packed(content) for content in made.files.values())
        target.flush()


def main() -> None:
    """Take the limit in megabytes from the command line; whatever is printed by accident goes to standard error."""
    limit_memory(int(sys.argv[1]))
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    serve(sys.stdin.buffer, answers)


if __name__ == "__main__":
    main()
