"""Settings of this service, besides those every service has."""

from pydantic import Field

from shared.bank_holidays import Division
from shared.settings import Settings

__all__ = ["MatchingSettings"]


class MatchingSettings(Settings):
    """How long the engine may look for groups, and which days do not count for an offer."""

    matching_steps: int = Field(40_000, ge=100, description="moves the engine tries a school, in rounds of over 300")
    matching_ceiling_seconds: float = Field(600.0, gt=0, description="longest search; cut short, it may not repeat")
    bank_holiday_division: Division = Field("england-and-wales", description="division of GOV.UK's bank holidays")
