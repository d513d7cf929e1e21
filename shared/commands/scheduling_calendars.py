"""What may be asked of `scheduling` about dates that hold for every school: examinations and bank holidays."""

from typing import ClassVar

from shared.commands.base import Command, OneLine


class ImportExamWindows(Command):
    """Examination windows by phase, as JSON. `Done.sentence` says what they bring and which visits clash."""

    service: ClassVar[str] = "scheduling"
    upload: str
    filename: OneLine


class ImportBankHolidays(Command):
    """Bank holidays, as GOV.UK publishes them. `Done.sentence` says what they bring and which visits clash."""

    service: ClassVar[str] = "scheduling"
    upload: str
    filename: OneLine
