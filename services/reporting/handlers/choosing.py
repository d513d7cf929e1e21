"""Loads what can be chosen in the questions of a form: lists, entries of other forms, a text among several."""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from services.reporting.domain.counting.recognising import offered, unwritten
from services.reporting.domain.entries.context import Options, Subject
from services.reporting.domain.entries.records import EngineProgramme
from services.reporting.domain.entries.searching import Wanted
from services.reporting.domain.entries.titles import title
from services.reporting.handlers.related import Related
from services.reporting.ports.stores import Stores
from shared.template import Form, FormField
from shared.template.answers import choices
from shared.template.kinds import RECOGNISE

__all__ = ["Choices", "Chosen"]

MOST_CHOICES = 1000


@dataclass(frozen=True)
class Chosen:
    """`options`: question -> what can be chosen, key -> words. `right`: question -> the key of the text to be known.

    `unwritten`: why there is no such text yet; empty where none is missing.
    """

    options: Options = field(default_factory=dict)
    right: Mapping[str, str] = field(default_factory=dict)
    unwritten: str = ""


class Choices:
    """What can be chosen, for one form about one thing."""

    def __init__(self, stores: Stores, related: Related) -> None:
        self._stores = stores
        self._related = related

    async def of(
        self,
        programme: EngineProgramme,
        form: Form,
        subject: Subject,
        about_id: str,
        author_ids: Sequence[str],
        *,
        every: bool,
    ) -> Chosen:
        """Return the choices. `every`: with lists and entries, which may be many; a text to be known always is."""
        options: dict[str, Mapping[str, str]] = {}
        right: dict[str, str] = {}
        missing = ""
        for asked in form.fields:
            if asked.kind == RECOGNISE:
                text = await self._text(programme, form, asked, subject)
                options[asked.key], right[asked.key] = offered(asked, text, about_id, programme.template)
                missing = missing or ("" if text else unwritten(asked, programme.template))
            elif every:
                options[asked.key] = await self._choices(programme, asked, author_ids)
        return Chosen(options, right, missing)

    async def _text(self, programme: EngineProgramme, form: Form, asked: FormField, subject: Subject) -> str:
        """What the latest entry that counts says in the question which is the source; empty without one."""
        key, _, question = asked.source.partition(".")
        source = programme.template.form(key)
        found = await self._related.entries(programme, source, form.about, subject) if source else []
        answer = found[-1].submitted.answers.get(question, "") if found and found[-1].submitted else ""
        return answer if isinstance(answer, str) else ""

    async def _choices(
        self, programme: EngineProgramme, asked: FormField, author_ids: Sequence[str]
    ) -> Mapping[str, str]:
        """What can be chosen in a question: of lists, or of the entries of a form."""
        if (listed := choices(asked, programme.template)) is not None:
            return listed
        if form := programme.template.form(asked.source):
            return await self._entries(programme, form, Wanted(author_id=author_ids[0] if author_ids else "-"))
        if form := programme.template.form(asked.of):
            return await self._entries(programme, form, Wanted())
        return {}

    async def _entries(self, programme: EngineProgramme, form: Form, wanted: Wanted) -> dict[str, str]:
        """Entries that count, by title: those that somebody has to agree to only once they are agreed."""
        wanted = dataclasses.replace(
            wanted, programme_id=programme.programme_id, form=form.key, states=("submitted", "agreed", "released")
        )
        _, found = await self._stores.entries.search(wanted, limit=MOST_CHOICES)
        counting = [entry for entry in found if not (form.sign_off and entry.state == "submitted")]
        schools = sorted({entry.school_id for entry in counting if entry.school_id})
        members = await self._stores.members.of_schools(programme.programme_id, schools)
        names = {school_id: member.name for school_id, member in members.items()}
        titled = {
            entry.entry_id: title(entry, form, programme.template, names.get(entry.school_id or "", ""))
            for entry in counting
        }
        return dict(sorted(titled.items(), key=lambda item: (item[1], item[0])))
