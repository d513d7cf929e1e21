"""What programmes are opened from: files that came with Kindred, what was taken over; the highest version counts."""

import asyncio
from collections.abc import Mapping

from services.programmes.domain.enrolment.terms import AnyTemplate
from services.programmes.domain.templates.kept import KeptTemplate, unknown_template
from services.programmes.ports.templates import KeptTemplates, TemplateFiles
from shared.errors import Rejected
from shared.template import Template
from shared.template.reading import WrongTemplateError, read_template

__all__ = ["KnownTemplates"]


class KnownTemplates:
    """Port `Templates`."""

    def __init__(self, files: TemplateFiles, kept: KeptTemplates) -> None:
        self._files = files
        self._kept = kept

    async def get(self, key: str) -> AnyTemplate:
        """The template of this key. Raises Rejected("unknown-template" or "wrong-template")."""
        return await self._one(key, {one.key: one for one in await self._kept.kept()})

    async def all(self) -> tuple[AnyTemplate, ...]:
        """Every template, by key. Raises Rejected("wrong-template")."""
        kept = {one.key: one for one in await self._kept.kept()}
        return tuple([await self._one(key, kept) for key in sorted(self._files.names() | kept.keys())])

    async def texts(self) -> dict[str, str]:
        """The text of every template."""
        newer = {one.key: one.text for one in await self._newer()}
        return {key: self._files.text(key) for key in self._files.names() - newer.keys()} | newer

    async def shipped(self, key: str) -> int | None:
        """The version of a template that came with this installation, or None where none did."""
        return self._files.get(key).version if key in self._files.names() else None

    async def own(self) -> frozenset[str]:
        """The keys of those that were taken over."""
        return frozenset(one.key for one in await self._newer())

    async def _newer(self) -> list[KeptTemplate]:
        return [one for one in await self._kept.kept() if self._counts(one)]

    def _counts(self, kept: KeptTemplate) -> bool:
        """Whether it counts: a later release may have brought a higher version."""
        return kept.key not in self._files.names() or kept.version >= self._files.get(kept.key).version

    async def _one(self, key: str, kept: Mapping[str, KeptTemplate]) -> AnyTemplate:
        if key in kept and self._counts(kept[key]):
            return await _template(kept[key])
        if key not in self._files.names():
            raise unknown_template(key, self._files.names() | kept.keys())
        return self._files.get(key)


async def _template(kept: KeptTemplate) -> Template:
    try:
        return await asyncio.to_thread(read_template, kept.text, f"{kept.key}.yaml")
    except WrongTemplateError as error:  # the language has become stricter since
        raise Rejected("wrong-template", str(error)) from error
