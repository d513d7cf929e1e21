"""Answers what a programme's mails say, with its real people; writes nothing down and publishes nothing."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from jinja2 import TemplateError

from services.notifications.domain.directory import Card, Programme, School
from services.notifications.domain.seals import Seals
from services.notifications.domain.template_mails import situations
from services.notifications.domain.template_mails.people import COORDINATOR, Recipient
from services.notifications.domain.template_mails.samples import Sample, said, samples
from services.notifications.handlers.events.cases import Cases
from services.notifications.mail.builder import Builder
from services.notifications.mail.scene import Scene
from services.notifications.mail.snapshot import Snapshot
from services.notifications.mail.staging import Staged, stage
from services.notifications.ports import OtherServices
from services.notifications.ports.stores import Stores
from shared.bus import Service
from shared.commands import previews as asks
from shared.errors import KindredError, Rejected
from shared.template import Template
from shared.template.references import SCOPES
from shared.template.resolving import roles_named

__all__ = ["Previews"]

MOST = 12
"""People who are offered as readers, and schools that are looked through for them."""
_NO_SECRET = Seals(b"of previews alone, whose links open nothing")


@dataclass(frozen=True)
class _Cast:
    """Whom a mail goes to. `nobody`: there is nobody yet, so that the coordinator stands in."""

    people: tuple[Recipient, ...]
    schools: tuple[School, ...]
    nobody: bool = False


class Previews:
    """One method a query."""

    def __init__(
        self, stores: Stores, services: OtherServices, builder: Builder, now: Callable[[], dt.datetime]
    ) -> None:
        self._stores = stores
        self._services = services
        self._builder = builder
        self._cases = Cases(stores)
        self._now = now

    def answer(self, service: Service) -> None:
        """Let the service answer them."""
        service.query(asks.ListMailPreviews, self.list)
        service.query(asks.PreviewMail, self.show)

    async def list(self, query: asks.ListMailPreviews) -> asks.MailPreviews:
        """Return every mail. Raises Rejected: unknown-programme, old-language."""
        programme, template = await self._programme(query.programme_id)
        rows = tuple(
            asks.PreviewRow(key=one.key, section=one.section, what=one.what, to=said(one.people, template))
            for one in samples(template)
        )
        return asks.MailPreviews(programme_id=programme.programme_id, programme=programme.name, rows=rows)

    async def show(self, query: asks.PreviewMail) -> asks.MailPreview:
        """Return one of them. Raises Rejected: unknown-programme, old-language, unknown-mail, not-shown."""
        programme, template = await self._programme(query.programme_id)
        sample = next((one for one in samples(template) if one.key == query.key), None)
        if sample is None:
            raise Rejected("unknown-mail", "The programme has no such mail.")
        cast = await self._cast(programme, template, sample)
        someone = next((one for one in cast.people if one.person_id == query.person_id), cast.people[0])
        scene = await self._scene(programme, template, someone, cast)
        staged = stage(sample, scene, self._now())
        known = await self._known(scene, staged, cast)
        try:
            built = (await self._builder.write(staged.mail, known, self._now())).built
        except (KindredError, TemplateError, LookupError, ValueError, TypeError) as error:
            said = f"This mail cannot be shown before it is sent ({type(error).__name__})."
            raise Rejected("not-shown", said) from error
        readers = [self._reader(one, known) for one in cast.people]
        return asks.MailPreview(
            key=sample.key, what=sample.what, to=built.to, reader=self._reader(someone, known),
            role=programme.title(someone.role), subject=built.subject, text=built.text, html=built.html,
            attachments=built.attachments, assumed=(*self._missing(cast, sample, template), *staged.assumed),
            others=tuple(one for one in readers if one.person_id != someone.person_id),
        )  # fmt: skip

    async def _programme(self, programme_id: str) -> tuple[Programme, Template]:
        found = await self._services.setup(programme_id)
        programme = Programme(
            programme_id=found.programme_id, name=found.name, year=found.year, coordinator_id=found.coordinator_id,
            whole=found.template, state=found.stands,
        )  # fmt: skip
        return programme, found.template

    async def _cast(self, programme: Programme, template: Template, sample: Sample) -> _Cast:
        """Who would get it, at the first schools by name; who has the roles it speaks of, where nobody would yet."""
        every = await self._stores.programmes.schools(programme.programme_id)
        taking_part = sorted((one for one in every if not one.withdrawn), key=lambda one: one.name)[:MOST]
        roles = roles_named(sample.people, template, {*SCOPES, ""})
        for references in (sample.people, roles):
            found = await self._readers(programme, template, references, taking_part)
            if found:
                return _Cast(found, tuple(taking_part))
        standing_in = Recipient(programme.coordinator_id, COORDINATOR)
        return _Cast((standing_in,), tuple(taking_part), nobody=True)

    async def _readers(
        self, programme: Programme, template: Template, references: Sequence[str], schools: Iterable[School]
    ) -> tuple[Recipient, ...]:
        found: dict[str, Recipient] = {}
        ids: list[str | None] = [one.school_id for one in schools]
        for school_id in ids or [None]:
            case = situations.run_by(situations.of_school(school_id), programme.coordinator_id)
            for one in await self._cases.people(programme, template, references, case, self._now()):
                found.setdefault(one.person_id, one)
            if len(found) >= MOST:
                break
        return tuple(found.values())[:MOST]

    async def _scene(self, programme: Programme, template: Template, someone: Recipient, cast: _Cast) -> Scene:
        home = next((one for one in cast.schools if one.school_id == someone.school_id), None)
        home = home or next(iter(cast.schools), None)
        other = next((one for one in cast.schools if home and one.school_id != home.school_id), None)
        partner = next((one.person_id for one in (other.people if other else ())), "")
        partner = partner or next((one.person_id for one in cast.people if one.person_id != someone.person_id), "")
        leading = await self._stores.programmes.facilitators(programme.programme_id)
        today = self._now().astimezone(ZoneInfo(template.timezone)).date()
        return Scene(
            programme, template, someone, partner or programme.coordinator_id, today, home=home, other=other,
            schools=cast.schools, facilitator_id=leading[0] if leading else None,
        )  # fmt: skip

    async def _known(self, scene: Scene, staged: Staged, cast: _Cast) -> Snapshot:
        programme = scene.programme
        people = {scene.someone.person_id, scene.partner_id, programme.coordinator_id, scene.facilitator_id or ""}
        people |= {one.person_id for one in cast.people}
        people |= {member.person_id for school in cast.schools for member in school.people}
        cards: dict[str, Card] = await self._stores.contacts.find(people - {""})
        if scene.someone.person_id not in cards:
            raise Rejected("not-shown", "Nobody of this programme is known yet. Look again in a minute.")
        return Snapshot(
            {programme.programme_id: programme},
            {(programme.programme_id, one.school_id): one for one in cast.schools},
            dict(staged.targets), dict(staged.groups), cards, _NO_SECRET, self._now(), facts=staged.facts,
        )  # fmt: skip

    @staticmethod
    def _missing(cast: _Cast, sample: Sample, template: Template) -> tuple[str, ...]:
        if not cast.nobody:
            return ()
        named = " or ".join(said(sample.people, template))
        return (f"It goes to {named}. There is nobody yet, so the coordinator stands in.",)

    @staticmethod
    def _reader(one: Recipient, known: Snapshot) -> asks.Reader:
        card = known.cards.get(one.person_id)
        school = next((each.name for (_, key), each in known.schools.items() if key == one.school_id), "")
        return asks.Reader(person_id=one.person_id, name=card.name if card else one.person_id, school=school)
