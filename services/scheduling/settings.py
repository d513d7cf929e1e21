"""Settings of this service, besides those every service has."""

from pathlib import Path

from pydantic import Field

from shared.settings import Settings

__all__ = ["SchedulingSettings"]


class SchedulingSettings(Settings):
    """Where calendar data is and how much work a plan may take."""

    calendar_folder: Path = Field(
        Path(__file__).parent / "data", description="term dates, bank holidays and exam windows that come with Kindred"
    )
    planning_processes: int = Field(2, ge=1, le=64, description="processes in which a large calendar is planned")
    bank_holiday_division: str = Field("england-and-wales", description="division of GOV.UK's bank holidays")
