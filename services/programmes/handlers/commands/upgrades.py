"""Newer templates for programmes that run: what would be taken over, and taking it over."""

import asyncio
import datetime as dt
from collections.abc import Callable

from services.programmes.domain.enrolment.terms import AnyTemplate
from services.programmes.domain.records import Programme, local_day
from services.programmes.domain.upgrading.begun import Begun
from services.programmes.domain.upgrading.decide import compared, newer, read, upgraded
from services.programmes.domain.upgrading.upgrade import Upgrade
from services.programmes.handlers.moments import watch
from services.programmes.ports.enrolments import EnrolmentSearch
from services.programmes.ports.participation import SchoolEntries
from services.programmes.ports.programmes import Programmes
from services.programmes.ports.templates import Templates
from shared.bus import UnitOfWork
from shared.commands import template_upgrades as asks
from shared.template import Template

__all__ = ["TemplateUpgrades"]


class TemplateUpgrades:
    """One method a command or query."""

    def __init__(
        self,
        programmes: Programmes,
        enrolments: EnrolmentSearch,
        entries: SchoolEntries,
        templates: Templates,
        now: Callable[[], dt.datetime],
    ) -> None:
        self._programmes = programmes
        self._enrolments = enrolments
        self._entries = entries
        self._templates = templates
        self._now = now

    async def compare(self, query: asks.CompareTemplate) -> asks.TemplateDifference:
        """What differs, and what of it would be taken over."""
        before, found = await self._found(query, self._now())
        return asks.TemplateDifference(template_version=before.template.version, differences=found.differences)

    async def upgrade(self, command: asks.UpgradeProgramme, work: UnitOfWork) -> asks.Upgraded:
        """Take over what can still be taken over."""
        before, found = await self._found(command, work.now)
        after, event = upgraded(before, found)
        await self._programmes.replace(after)
        if event is not None:
            work.publish(event)
            watch(after, work, since=work.now)
        left = len(found.differences) - found.applied
        rest = f"; {left} cannot be any more" if left else ""
        sentence = f"'{after.name}' runs by version {after.template.version}: {found.applied} taken over{rest}."
        return asks.Upgraded(sentence=sentence, template_version=after.template.version, differences=found.differences)

    async def _found(
        self, asked: asks.CompareTemplate | asks.UpgradeProgramme, now: dt.datetime
    ) -> tuple[Programme, Upgrade]:
        programme = await self._programmes.get(asked.programme_id)
        found = await self._read(programme, asked)
        template = newer(programme, found)
        assert isinstance(programme.template, Template)
        enrolled, _ = await self._enrolments.counts(programme.programme_id)
        begun = Begun(
            programme,
            programme.template,
            local_day(now, programme.template.timezone),
            enrolled,
            await self._entries.forms_begun(programme.programme_id),
        )
        return programme, compared(programme, template, begun)

    async def _read(self, programme: Programme, asked: asks.CompareTemplate | asks.UpgradeProgramme) -> AnyTemplate:
        """The template that was sent along; where none was, the one that programmes are opened from."""
        if asked.template:
            return await asyncio.to_thread(read, asked.template, asked.filename)
        return await self._templates.get(programme.template.key)
