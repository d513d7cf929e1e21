"""Settings of this service, besides those every service has."""

from typing import Literal

from pydantic import Field

from shared.settings import Settings

__all__ = ["TasksSettings"]

Division = Literal["england-and-wales", "scotland", "northern-ireland"]


class TasksSettings(Settings):
    """Which days are no working days."""

    bank_holiday_division: Division = Field("england-and-wales", description="division of GOV.UK's bank holidays")
