"""Settings of this service, besides those every service has."""

from pathlib import Path

from pydantic import Field

from shared.settings import Settings

__all__ = ["ProgrammesSettings"]


class ProgrammesSettings(Settings):
    """Where programme templates are, and how imports are carried out."""

    templates_folder: Path = Field(
        Path(__file__).parent / "templates", description="folder of programme templates (YAML)"
    )
    import_batch: int = Field(1000, ge=1, le=5000, description="register rows saved in one transaction")
    enquiry_days: int = Field(
        180, ge=1, le=730, description="days for which an enquiry of somebody outside is kept, then it is erased"
    )
    import_lease_seconds: float = Field(
        10.0, gt=0, description="how long an import is left to a replica that went silent"
    )
