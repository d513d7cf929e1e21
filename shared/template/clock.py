"""The programme's years and moments."""

from pydantic import Field, model_validator

from shared.events.base import Fact
from shared.template.words import Declared, Key, When


class Moment(Declared):
    """A named day, or a window from one day to another, both included."""

    at: When = Field("", description="the day, for a moment")
    opens: When = Field("", description="the first day, for a window")
    closes: When = Field("", description="the last day, for a window")
    title: str = ""

    @model_validator(mode="after")
    def _one_or_both(self) -> "Moment":
        if bool(self.at) == bool(self.opens or self.closes) or bool(self.opens) != bool(self.closes):
            raise ValueError(f"{self.key}: a moment has `at`, a window has `opens` and `closes`")
        return self

    def text(self, state: str) -> str:
        """The moment as it is written: `opens` or `closes` of a window, blank for the day itself."""
        return {"": self.at, "opens": self.opens, "closes": self.closes}.get(state, "")

    def states(self) -> tuple[str, ...]:
        """What can be told of it: the two ends of a window, or the day itself."""
        return ("opens", "closes") if self.opens else ("",)


class LeftOpen(Fact):
    """A setting that the programme's source leaves open, with the default that a coordinator sees as such."""

    setting: str = Field(description="the setting, in words")
    default: str = Field("", description="what is taken unless the coordinator says otherwise")


class Clock(Declared):
    """How long the programme runs, and its named moments."""

    key: Key = "clock"
    years: int = Field(1, ge=1, le=5, description="how many school years")
    renews: bool = Field(False, description="whether it begins again each year")
    not_shorter: bool = Field(False, description="whether the programme may not be shortened")
    moments: tuple[Moment, ...] = Field((), description="named days and windows")
    left_open: tuple[LeftOpen, ...] = Field((), description="what the source of the programme does not say")

    def moment(self, key: str) -> Moment | None:
        """The moment or window with that key."""
        return next((moment for moment in self.moments if moment.key == key), None)
