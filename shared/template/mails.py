"""Mails in the template's own words. Where a template says nothing, the task, form or activity makes one by itself."""

from pydantic import Field

from shared.events.base import Fact
from shared.template.words import Declared, Key, People, Recipients, When


class Button(Fact):
    """The one thing that a mail asks for."""

    label: str = Field(description="what it says")
    page: str = Field(description="one of `kinds.PAGES`")


class Mail(Declared):
    """One mail: when, to whom, what it says. Fields in braces (`{school.name}`) are filled in; others are refused.

    On a date (`concert.invited`, `.moved`, `.changed`, `.cancelled`) a role means those who are invited in it. They
    hear it in these words, in the mail with the entry for their calendar; all others get ours. Whoever is named and not
    invited gets a mail without an entry, or a passage of the `digest`. So does everybody who is named once it has been
    (`concert.held`; `present`: who was there), or when a course may be signed up for (`training.offered`).
    """

    on: When = Field(description="a moment, or what happened: `task.asked`, `form.released`, `activity.moved` ...")
    to: tuple[People, ...] = Field(description="who gets it")
    also: tuple[Recipients, ...] = Field((), description="who besides, where a condition holds")
    after: When = Field("", description="not before this moment of the clock has come")
    subject: str = Field("", max_length=200, description="one line")
    text: tuple[str, ...] = Field((), description="its paragraphs")
    button: Button | None = Field(None, description="the one thing it asks for")
    kit: str = Field("", description="a mail of the kit, in its own words, instead of `subject` and `text`")
    digest: Key | None = Field(None, description="mails with the same key to one person become one a day")
    essential: bool = Field(True, description="whether people who want no reminders get it")
