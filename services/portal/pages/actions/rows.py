"""Actions as pages show them, and what is posted to change one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from services.portal.domain.reading import date_from
from services.portal.pages.portal import Portal
from shared.commands.actions import ActionRating, ActionRow, ActionRows, ChangeAction
from shared.errors import Rejected

RATINGS: dict[ActionRating, str] = {
    "off-track": "Late", "at-risk": "At risk", "on-track": "On track", "complete": "Done", "dropped": "Dropped",
}  # fmt: skip
"""What comes first needs somebody."""
TAGS: dict[ActionRating, str] = {"off-track": "declined", "at-risk": "tentative", "complete": "accepted"}


@dataclass(frozen=True)
class Line:
    """An action in words. `who`: its owner; `tag`: the colour, which never says more than the word beside it."""

    row: ActionRow
    who: str
    school: str

    @property
    def rated(self) -> str:
        """How it stands, in a word."""
        return RATINGS[self.row.rating]

    @property
    def tag(self) -> str:
        """The class of the word."""
        return TAGS.get(self.row.rating, "")


async def lines_of(portal: Portal, found: ActionRows) -> list[Line]:
    """The rows with the names of people and schools."""
    names = await portal.read.people.names(sorted({row.owner_id for row in found.actions if row.owner_id}))
    schools: dict[str, str] = {}
    for programme_id in {row.programme_id for row in found.actions}:
        wanted = {row.school_id for row in found.actions if row.programme_id == programme_id and row.school_id}
        schools |= {one.school_id: one.name for one in await portal.read.schools.of_programme(programme_id, wanted)}
    return [
        Line(row, names.get(row.owner_id) or row.owner or "nobody yet", schools.get(row.school_id, ""))
        for row in found.actions
    ]


def rating_of(asked: str) -> ActionRating | None:
    """The rating that an address names; None for all."""
    known: tuple[ActionRating, ...] = get_args(ActionRating)
    return next((one for one in known if one == asked), None)


def change_of(posted: Mapping[str, str], person_id: str) -> ChangeAction:
    """What was posted. Raises Rejected where it cannot be read."""
    values = {name: posted.get(name, "").strip() for name in ("action", "owner", "address", "due", "status")}
    due = date_from(values["due"]) if values["due"] else None
    if values["due"] and due is None:
        raise Rejected("due", "Give a real day by which it is due, such as 13/5/2027.")
    return ChangeAction.model_validate(
        {
            "action_id": values["action"][:100], "person_id": person_id, "owner": values["owner"][:200],
            "address": values["address"][:254], "due": due, "status": values["status"] or None,
        }
    )  # fmt: skip
