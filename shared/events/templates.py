"""What `programmes` publishes about templates: that a coordinator has taken one over, or taken it back."""

from typing import ClassVar

from pydantic import Field

from shared.events.base import Event


class TemplateTaken(Event):
    """Programmes are opened from this version of a template from now on; those that run go on as before."""

    context: ClassVar[str] = "programmes"
    aggregate: ClassVar[str] = "template"
    template: str = Field(description="its key; `version` is its version")


class TemplateWithdrawn(Event):
    """No programme is opened from this version of a template any more; none was."""

    context: ClassVar[str] = "programmes"
    aggregate: ClassVar[str] = "template"
    template: str = Field(description="its key; `version` is its version")
