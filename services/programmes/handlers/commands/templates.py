"""Templates that coordinators write: checked, shown, taken over; and how a programme is set up."""

import asyncio
import datetime as dt
from collections.abc import Callable

from services.programmes.domain.enrolment.terms import AnyTemplate
from services.programmes.domain.templates.kept import SentTemplate, checked, taken, with_choice, withdrawn
from services.programmes.ports.programmes import Programmes
from services.programmes.ports.templates import KeptTemplates, Templates
from shared.bus import UnitOfWork
from shared.commands import templates as asks
from shared.commands.base import Done
from shared.errors import Rejected
from shared.events.templates import TemplateTaken, TemplateWithdrawn
from shared.tables.passed import counted
from shared.template import Template

__all__ = ["OwnTemplates"]


class OwnTemplates:
    """One method a command or query."""

    def __init__(
        self,
        programmes: Programmes,
        kept: KeptTemplates,
        templates: Templates,
        ids: Callable[[str], str],
        now: Callable[[], dt.datetime],
    ) -> None:
        self._programmes = programmes
        self._kept = kept
        self._templates = templates
        self._ids = ids
        self._now = now

    async def check(self, command: asks.CheckTemplate, work: UnitOfWork) -> asks.CheckedTemplate:
        """Keep a template for a day, and say what is wrong with it."""
        name = " ".join(command.filename.split()) or "template.yaml"
        sent = SentTemplate(check_id=self._ids("tpc"), text=command.template, filename=name, at=work.now)
        await self._kept.send(sent)
        return await self._checked(sent)

    async def shown(self, query: asks.ShowTemplateCheck) -> asks.CheckedTemplate:
        """The same again, with its text, as things stand now. Raises Rejected("unknown-check")."""
        sent = await self._kept.sent(query.check_id)
        return (await self._checked(sent)).model_copy(update={"text": sent.text})

    async def take(self, command: asks.TakeTemplate, work: UnitOfWork) -> Done:
        """Open programmes from it from now on. Raises Rejected: unknown-check, wrong-template, same-version."""
        sent = await self._kept.sent(command.check_id)
        known, texts = await self._known()
        kept = await asyncio.to_thread(taken, sent, known, texts, work.now)
        await self._kept.put(kept)
        work.publish(TemplateTaken(version=kept.version, template=kept.key))
        using = [one for one in await self._programmes.named("") if one.template.key == kept.key]
        running = [one for one in using if one.stage not in {"completed", "archived"}]
        stay = "is under way and goes" if len(running) == 1 else "are under way and go"
        rest = f" {counted(len(running), 'programme')} {stay} on as before, until you take it over there."
        sentence = f"Programmes are opened from version {kept.version} of '{kept.key}' from now on."
        sentence += rest if running else ""
        return Done(id=kept.key, version=kept.version, sentence=sentence)

    async def withdraw(self, command: asks.WithdrawTemplate, work: UnitOfWork) -> Done:
        """Open no programme from it any more. Raises Rejected: not-yours, in-use."""
        kept = next((one for one in await self._kept.kept() if one.key == command.key), None)
        shipped = await self._templates.shipped(command.key)
        using = [one for one in await self._programmes.named("") if one.template.key == command.key]
        gone = withdrawn(kept, command.key, shipped, using)
        await self._kept.drop(gone.key)
        work.publish(TemplateWithdrawn(version=gone.version, template=gone.key))
        sentence = f"Version {gone.version} of '{gone.key}' is taken back: no programme is opened from it any more."
        if shipped is not None:
            sentence += f" They are opened from version {shipped} again, which came with Kindred."
        return Done(id=gone.key, version=gone.version, sentence=sentence)

    async def text(self, query: asks.ShowTemplate) -> asks.TemplateText:
        """The text of a template. Raises Rejected("unknown-template")."""
        template = await self._templates.get(query.key)
        texts, own = await self._templates.texts(), await self._templates.own()
        return asks.TemplateText(
            key=template.key, version=template.version, own=template.key in own, filename=f"{template.key}.yaml",
            text=texts[template.key],
        )  # fmt: skip

    async def choose(self, command: asks.ChooseLeftOpen, work: UnitOfWork) -> Done:
        """Keep what is chosen where the source leaves it open. Raises Rejected: unknown-programme, unknown-setting."""
        programme = await self._programmes.get(command.programme_id)
        after = with_choice(programme, command.setting, command.choice)
        await self._programmes.replace(after)
        sentence = f"{command.setting}: {command.choice or 'as the template has it'}."
        return Done(id=programme.programme_id, version=programme.version, sentence=sentence)

    async def setup(self, query: asks.ShowSetup) -> asks.ProgrammeSetup:
        """How a programme is set up, also a draft. Raises Rejected: unknown-programme, old-language."""
        programme = await self._programmes.get(query.programme_id)
        if not isinstance(programme.template, Template):
            raise Rejected("old-language", f"'{programme.name}' runs by a template in the language of 0.1.0.")
        known = {one.key: one.version for one in await self._templates.all()}
        told = programme.model_dump(include={"programme_id", "name", "year", "coordinator_id"})
        return asks.ProgrammeSetup(
            **told, template=programme.template, pauses=programme.pauses, stands=programme.stands,
            newest=known.get(programme.template.key, 0), chosen=programme.chosen, today=programme.today(self._now()),
        )  # fmt: skip

    async def _checked(self, sent: SentTemplate) -> asks.CheckedTemplate:
        known, texts = await self._known()
        return await asyncio.to_thread(checked, sent, known, texts)

    async def _known(self) -> tuple[dict[str, AnyTemplate], dict[str, str]]:
        return {one.key: one for one in await self._templates.all()}, await self._templates.texts()
