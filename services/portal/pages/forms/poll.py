"""The theme of a poll that has closed: what was named how often, and one of it chosen. GET changes nothing."""

from typing import Any, ClassVar

from services.portal.domain.reading import Reading
from services.portal.pages.forms.form import Facts, FormPage, Saved
from services.portal.pages.portal import Hidden, Portal, Visitor
from shared.commands.base import Command
from shared.commands.polls import ChooseTheme, ListOwnPolls, PollRow, PollRows


class PollPage(FormPage):
    """The link's target is the poll; the reporting service says whose it is to settle. Field: `theme`."""

    purpose: ClassVar[str] = "poll"
    template: ClassVar[str] = "poll.html"
    fields: ClassVar[dict[str, str]] = {"not-among": "theme"}

    async def facts(self, portal: Portal, visitor: Visitor) -> Facts:
        """Return the poll as it stands; raises Hidden for somebody who has nothing to choose in it."""
        query = ListOwnPolls(person_id=visitor.person_id, poll_id=visitor.link.target_id)
        found: PollRows = await portal.shown(query)
        if not found.polls:
            raise Hidden
        poll = found.polls[0]
        programme = await portal.programme(poll.programme_id)
        activity = programme.template.activity(poll.activity) if poll.activity else None
        declared = next((one for one in programme.template.polls if one.key == poll.poll), None)
        return {
            "programme": programme,
            "title": poll.title,
            "poll": poll,
            "of": activity.title if activity else "",
            "tied": bool(declared and declared.by_vote and poll.among and poll.themes),
        }

    async def start(self, portal: Portal, visitor: Visitor, facts: Facts) -> dict[str, str]:
        """Begin with nothing chosen."""
        return {}

    def read(self, visitor: Visitor, facts: Facts, reading: Reading, button: str) -> Command:
        """Return the choice."""
        poll: PollRow = facts["poll"]
        theme = reading.values.get("theme", "")
        if not theme:
            reading.wrong("theme", "Choose one of the themes.")
        return ChooseTheme(programme_id=poll.programme_id, poll=poll.poll, theme=theme, person_id=visitor.person_id)

    def saved(self, facts: Facts, command: Any, reply: Any) -> Saved:
        """Say what was chosen."""
        where = f"The invitations to {facts['of']} say so." if facts["of"] else "It stands on the page of the poll."
        return Saved("The theme is chosen, thank you", (reply.sentence, where), "See it")
