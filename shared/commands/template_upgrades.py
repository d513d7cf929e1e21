"""What may be asked of `programmes` about a newer template for a programme that runs."""

from typing import ClassVar

from pydantic import Field

from shared.commands.base import Command, Query, Reply


class Difference(Reply):
    """What differs between the template a programme runs by and another one."""

    section: str
    key: str = ""
    field: str = ""
    old: str = ""
    new: str = ""
    applied: bool = Field(description="whether it can still be taken over")
    reason: str = Field("", description="why it cannot be")


class TemplateDifference(Reply):
    """All differences, in the order of the template."""

    template_version: int = Field(description="of the template that the programme runs by")
    differences: tuple[Difference, ...] = ()


class CompareTemplate(Query):
    """What `UpgradeProgramme` with the same template would take over, and what not."""

    service: ClassVar[str] = "programmes"
    Reply: ClassVar[type[Reply]] = TemplateDifference
    programme_id: str
    template: str = Field("", max_length=400_000, description="the YAML; blank: what programmes are opened from now")
    filename: str = "template.yaml"


class Upgraded(Reply):
    """The template as the programme runs by it now."""

    sentence: str
    template_version: int
    differences: tuple[Difference, ...] = ()


class UpgradeProgramme(Command):
    """Take over from another version of the template what can still be taken over; the rest stays as it was."""

    service: ClassVar[str] = "programmes"
    Reply: ClassVar[type[Reply]] = Upgraded
    programme_id: str
    template: str = Field("", max_length=400_000, description="the YAML; blank: what programmes are opened from now")
    filename: str = "template.yaml"
