"""What a file of term dates would bring, before it replaces anything."""

from collections import Counter

from services.scheduling.domain.calendars.term_dates import doubts_about, school_year
from services.scheduling.handlers.loading.term_files import term_file
from services.scheduling.ports.uploads import Uploads
from shared.commands.scheduling_calendars import ReadTermFile, ReadTitle, ReadYear, TermFileRead

__all__ = ["TermFileQueries"]


class TermFileQueries:
    """One method a query."""

    def __init__(self, uploads: Uploads) -> None:
        self._uploads = uploads

    async def read(self, query: ReadTermFile) -> TermFileRead:
        """Every title with what it is read as, and the school days of each year."""
        file = await term_file(self._uploads, query.upload, query.filename)
        years = sorted(Counter(map(school_year, file.days)).items())
        return TermFileRead(
            titles=tuple(
                ReadTitle(title=one.title, read_as=one.kind, times=one.times, first=one.first, last=one.last)
                for one in file.titles
            ),
            years=tuple(ReadYear(year=year, school_days=count) for year, count in years),
            notes=file.notes,
            doubts=doubts_about(file.days, file.doubts),
        )
