"""Settings of this service, besides those every service has."""

from pydantic import Field

from shared.bank_holidays import Division
from shared.settings import Settings

__all__ = ["TasksSettings"]


class TasksSettings(Settings):
    """Which days are no working days."""

    bank_holiday_division: Division = Field("england-and-wales", description="division of GOV.UK's bank holidays")
