"""Opens an uploaded file of term dates: text is read in a thread, a workbook within bounds of time and memory."""

import asyncio

from services.scheduling.domain.calendars.files import LARGEST, TermFile, is_workbook, read_terms, terms_in_sheets
from services.scheduling.ports.uploads import Uploads
from shared.errors import Rejected
from shared.tables.opening import open_sheets
from shared.tables.problems import NotThisFile

__all__ = ["term_file"]


async def term_file(uploads: Uploads, upload: str, filename: str) -> TermFile:
    """What the file says. Raises Rejected("calendar-file") with everything that is wrong with it."""
    content = await uploads.get(upload)
    if not is_workbook(content):
        return await asyncio.to_thread(read_terms, content, filename)
    try:
        sheets = await open_sheets(content, largest=LARGEST)
    except NotThisFile as error:
        raise Rejected("calendar-file", str(error)) from error
    return await asyncio.to_thread(terms_in_sheets, sheets, filename)
