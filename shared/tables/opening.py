"""Any file that holds a table, opened as sheets of text; the only way in for files that people fill in by hand.

Small files are read in a thread. A large one is read by a process of its own, with a limit of memory and time, so that
the service stays ready whatever the file does to its reader.
"""

import asyncio
import pickle
import resource
import sys
from pathlib import Path
from typing import IO

from shared.tables.archives import is_light
from shared.tables.delimited import LARGEST, csv_sheet, too_large
from shared.tables.formats import format_of, unpacked
from shared.tables.ods import ods_sheets
from shared.tables.problems import NotThisFile
from shared.tables.sheets import Sheet
from shared.tables.xlsx import xlsx_sheets

__all__ = ["open_sheets", "sheets_in"]

_ROOT = Path(__file__).parents[2]
_PROGRAM = (sys.executable, "-m", "shared.tables.opening")
_SMALL = 1_000_000
"""Bytes, unpacked, that are read within a second."""
_SECONDS = 120.0
_MEMORY = 400_000_000


def sheets_in(data: bytes, largest: int = LARGEST) -> list[Sheet]:
    """Every sheet of a workbook, OpenDocument spreadsheet or CSV file, also in a ZIP. Raises `NotThisFile`."""
    if len(data) > largest:
        raise NotThisFile(too_large(largest))
    data = unpacked(data)
    match format_of(data):
        case "xlsx":
            return xlsx_sheets(data)
        case "ods":
            return ods_sheets(data)
    return [csv_sheet(data, largest)]


async def open_sheets(
    data: bytes, *, largest: int = LARGEST, seconds: float = _SECONDS, program: tuple[str, ...] = _PROGRAM
) -> list[Sheet]:
    """`sheets_in`, off the event loop and bounded in time and memory."""
    if await asyncio.to_thread(is_light, data, _SMALL):
        return await asyncio.to_thread(sheets_in, data, largest)
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        *program, str(largest), stdin=pipe, stdout=pipe, stderr=asyncio.subprocess.DEVNULL, cwd=_ROOT
    )
    try:
        async with asyncio.timeout(seconds):
            answer, _ = await process.communicate(data)
    except TimeoutError:
        raise NotThisFile(
            f"The file takes longer than {seconds:g} seconds to read. Send fewer rows at a time."
        ) from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return await asyncio.to_thread(_answered, answer)


def _answered(answer: bytes) -> list[Sheet]:
    try:
        found: list[Sheet] | str = pickle.loads(answer)  # noqa: S301 - written by our own process
    except (EOFError, pickle.UnpicklingError) as error:
        raise NotThisFile("The file needs more memory than there is for it. Send fewer rows at a time.") from error
    if isinstance(found, str):
        raise NotThisFile(found)
    return found


def answer(source: IO[bytes], target: IO[bytes], largest: int) -> None:
    """Read one file and answer with its sheets, or with the sentence that refuses it."""
    if sys.platform != "darwin":  # macOS refuses any limit on address space
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    try:
        found: list[Sheet] | str = sheets_in(source.read(), largest)
    except NotThisFile as refused:
        found = str(refused)
    pickle.dump(found, target)


if __name__ == "__main__":
    answer(sys.stdin.buffer, sys.stdout.buffer, int(sys.argv[1]))
