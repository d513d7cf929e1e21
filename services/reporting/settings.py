"""Settings of this service, besides those every service has."""

from pydantic import Field

from shared.bank_holidays import Division
from shared.settings import Settings

__all__ = ["ReportingSettings"]


class ReportingSettings(Settings):
    """How reports are rendered."""

    render_workers: int = Field(2, ge=1, le=16, description="processes that render reports")
    render_seconds: float = Field(30.0, gt=0, description="most time one report may take before its worker is ended")
    render_megabytes: int = Field(1536, ge=256, description="most memory (address space) of a render worker")
    survey_settled_days: int = Field(
        14, ge=0, description="days after a visit or event from which few more survey answers are expected"
    )
    bank_holiday_division: Division = Field("england-and-wales", description="division of GOV.UK's bank holidays")
