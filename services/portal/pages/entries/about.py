"""Which entry a link and an address mean, and the names that its page needs. Reporting decides who may see it."""

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.requests import Request

from services.portal.domain.reading import Problem
from services.portal.pages.forms.route import NOT_SAVED_YET
from services.portal.pages.portal import Hidden, Portal, TooEarly, Visitor
from shared.commands.forms import EntryRow, EntryRows, EntryShown, ListEntries, ShowEntry
from shared.errors import KindredError, Rejected, Retryable

PURPOSE = "entry"
OPEN = "open"
"""Below this a form is begun that nobody has asked for."""
NEW = "new"
MOST_LISTED = 100


@dataclass(frozen=True)
class Turn:
    """One request about one entry."""

    portal: Portal
    visitor: Visitor
    request: Request
    shown: EntryShown
    another: str = ""

    @property
    def path(self) -> str:
        """Where this page is."""
        return self.request.url.path

    @property
    def edit_path(self) -> str:
        """Where this entry is changed, from the page on which it is read."""
        here = self.path.removesuffix("/read")
        return here if here.endswith(f"/{self.shown.entry_id}") else f"{here}/{self.shown.entry_id}"

    @property
    def sent(self) -> bool:
        """Whether a link to the entry itself leads to what was sent, also for who may still change it."""
        return self.visitor.link.target_kind == "entry" and self.shown.state in {"submitted", "agreed", "released"}

    @property
    def editable(self) -> bool:
        """Whether the person fills this in now; what was agreed to is only read, unless the form has versions."""
        settled = self.shown.state in {"agreed", "released"} and self.shown.form.sign_off is not None
        return "fill" in self.shown.may and (self.shown.form.versioned or not settled)

    def named(self, names: Mapping[str, str]) -> str:
        """What the entry is about, in words: somebody's name where it is about a person."""
        return ", ".join(part for part in (names.get(self.shown.about_id, ""), self.shown.title) if part)

    async def names(self) -> dict[str, str]:
        """The names of everybody the page speaks of."""
        people = {
            self.shown.about_id,
            *self.shown.author_ids,
            *self.shown.reader_ids,
            *self.shown.agreed_ids,
            *self.shown.silent_ids,
            *(one.person_id for one in self.shown.changes),
        }
        people |= {one.person_id for others in self.shown.others.values() for one in others}
        return await self.portal.read.people.names(people)


async def find(
    portal: Portal, visitor: Visitor, *, entry_id: str = "", another: str = "", view: str = "fill"
) -> EntryShown:
    """Return the entry that the link is about, or another one of the same form about the same thing. Raises Hidden."""
    link = visitor.link
    known = entry_id or (link.target_id if link.target_kind == "entry" else "")
    about = (
        {"entry_id": known}
        if known
        else {
            "programme_id": link.programme_id or "",
            "form": link.form,
            "about_id": link.target_id,
            "another": another,
        }
    )
    try:
        shown: EntryShown = await portal.owners.find(
            ShowEntry.model_validate({"person_id": visitor.person_id, "view": view, **about})
        )
    except Rejected as refused:
        if refused.rule == "not-yet":
            raise TooEarly(refused.sentence) from None
        raise Hidden from None
    if entry_id and not _belongs(shown, visitor):
        raise Hidden
    return shown


async def mine(portal: Portal, visitor: Visitor) -> tuple[EntryRow, ...]:
    """The person's own entries of the link's form about its thing, the latest change first."""
    link = visitor.link
    found: EntryRows = await portal.owners.find(
        ListEntries(
            programme_id=link.programme_id or "",
            form=link.form,
            about_id=link.target_id,
            author_id=visitor.person_id,
            person_id=visitor.person_id,
            limit=MOST_LISTED,
        )
    )
    return tuple(row for row in found.entries if row.state != "withdrawn")


def complaint(error: KindredError, fields: Mapping[str, str] | None = None) -> tuple[str, tuple[Problem, ...], int]:
    """Banner, problems and status for what went wrong. `fields`: at which field a rule's refusal stands."""
    if isinstance(error, Rejected):
        return "", (Problem((fields or {}).get(error.rule, ""), error.sentence),), 422
    if isinstance(error, Retryable):
        return NOT_SAVED_YET, (), 503
    return "", (Problem("", f"This could not be saved. {error} Please tell your coordinator."),), 500


def _belongs(shown: EntryShown, visitor: Visitor) -> bool:
    """A link opens entries of one form about one thing, no others that its person may see elsewhere."""
    link = visitor.link
    if link.target_kind == "entry":
        return shown.entry_id == link.target_id
    return (shown.programme_id, shown.form.key, shown.about_id) == (link.programme_id, link.form, link.target_id)
