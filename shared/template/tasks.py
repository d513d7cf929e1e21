"""Tasks: who owes what by when, and what happens to those who say nothing."""

from pydantic import Field

from shared.events.base import Fact
from shared.template.words import Condition, Declared, Key, People, When


class Do(Fact):
    """What is owed; exactly one is set."""

    form: Key | None = Field(None, description="fill in this form")
    answer: Key | None = Field(None, description="answer the invitation to this activity, or the lines of this form")
    agree: Key | None = Field(None, description="agree to an entry of this form, or ask for changes")
    introduce: Key | None = Field(None, description="say whether one wants to be introduced, as this form proposes")
    choose: Key | None = Field(None, description="choose days of this activity")
    confirm: str | None = Field(None, description="confirm that this is so")
    tick: str | None = Field(
        None, description="`week`: tick off the duties of a week; or tick the dates of this course of sessions"
    )
    catch_up: Key | None = Field(None, description="make up for what was missed of this course of sessions")
    roll: Key | None = Field(None, description="say who came to a day of this course of sessions")

    def kind_and_key(self) -> tuple[str, str]:
        """Which of them it is, and of what."""
        return next(((kind, value) for kind, value in self.model_dump().items() if value), ("", ""))


class Missed(Fact):
    """What happens when a task is overdue."""

    tell: tuple[People, ...] = Field((), description="who gets a mail")
    counts: tuple[People, ...] = Field((), description="of duties: who sees how many were missed, and not whose")


class Task(Declared):
    """Something that people owe. One task a person, or one for all of them where `together`."""

    title: str = ""
    who: tuple[People, ...] = Field(description="who owes it")
    together: bool = Field(False, description="done for all by whoever does it")
    only: tuple[Key, ...] = Field((), description="categories of schools that owe it; none: every school")
    placed: str = Field("", description="a round of groups: only schools that have a group of it owe the task")
    do: Do = Field(description="what is owed")
    when: Condition | None = Field(
        None, description="asked only where a told answer of the entry that opens it, or of one about the same, is this"
    )
    once_a_place: bool = Field(False, description="owed once by schools that share a place, by the people of both")
    pays: bool = Field(
        False, description="a payment, made elsewhere: who owes it or the coordinator says that it is paid"
    )
    done_when: Condition | None = Field(None, description="only an entry with this answer, a told one, ends it")
    opens: When = Field(description="when it is asked; the anchor says for which thing")
    due: When = Field(
        description="until when, or the next working day; `opened + 5 working days` counts from when it was asked"
    )
    remind: tuple[When, ...] = Field((), description="days on which the silent are reminded")
    missed: Missed | None = Field(None, description="who is told when it is overdue")
    excused: tuple[str, ...] = Field((), description="of `kinds.EXCUSES`")
    bundled: bool = Field(False, description="in the weekly mail instead of one by itself")
    each: str = Field("", description="one task for each line of this field of the form that opened it")
    repeat: str = Field("", description="`term` or `year`")
    times: int | None = Field(None, ge=1, description="how often, with `repeat`")
    essential: bool = Field(True, description="whether it is sent to people who want no reminders")
