"""The portal's pages of entries before reporting itself, both over fakes: what a page sends is really kept."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import httpx

from services.portal.domain.links import link_id_of
from services.portal.settings import PortalSettings
from shared.commands.base import Command, Query
from shared.errors import KindredError
from shared.events.links import LinkIssued
from shared.events.people import ContactCard
from tests.fakes.portal.models import Collections
from tests.fakes.portal.stores import memory_stores
from tests.unit.portal.driver import read
from tests.unit.portal.world import PUBLIC, World
from tests.unit.reporting.entries import exchange
from tests.unit.reporting.entries.harness import Exchange, at_work

NAMES = {
    exchange.VISITOR: "Amara Osei", exchange.HOST_LEAD: "Ruth Kaplan", exchange.HOST_HEAD: "Helen Pryce",
    exchange.OWN_LEAD: "Tom Whitfield", exchange.person("head", exchange.OWN): "Grace Lin",
}  # fmt: skip


class Owners:
    """Reporting, asked as over the bus, each command once a key; `others` answers for the other services."""

    def __init__(self, reporting: Exchange) -> None:
        self.reporting = reporting
        self.keys: dict[str, Any] = {}
        self.fails: KindredError | None = None
        self.commands: list[Command] = []
        self.others: dict[type[Query], Callable[[Any], Any]] = {}

    async def ask(self, command: Command, *, key: str, actor: str) -> Any:
        if self.fails is not None:
            raise self.fails
        if key not in self.keys:
            sent = type(command).model_validate_json(command.model_dump_json())
            self.keys[key], _ = await self.reporting.do(sent)
            self.commands.append(command)
        return self.keys[key]

    async def find(self, query: Query) -> Any:
        if answer := self.others.get(type(query)):
            return answer(query)
        reply = await self.reporting.find(type(query).model_validate_json(query.model_dump_json()))
        return type(reply).model_validate_json(reply.model_dump_json())


class House(World):
    """The portal and reporting."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.reporting: Exchange
        self.kept: Owners

    async def link(self, person: str, target: str, form: str = "", kind: str = "entry") -> str:
        token = f"tok-{person}-{target}-{form}-abcdefghijklmnop"
        await self.handle(
            LinkIssued(
                version=1, link_id=link_id_of(token), person_id=person, purpose="entry", target_id=target,
                target_kind=kind, form=form, programme_id=exchange.PROGRAMME,
                expires=self.clock.now() + dt.timedelta(days=60),
            )
        )  # fmt: skip
        return token

    async def open(self, browser: httpx.AsyncClient, person: str, target: str, form: str = "", kind: str = "entry"):
        """Open a link that was mailed to somebody."""
        return await browser.get(f"/l/{await self.link(person, target, form, kind)}")


async def built(public: str = PUBLIC, kind: type[House] = House) -> House:
    """Everything told, nothing filled in."""
    collections = Collections()
    house = kind(collections, memory_stores(collections), public=public)
    house.reporting = await at_work()
    house.clock.at = house.reporting.time.at
    house.kept = Owners(house.reporting)
    object.__setattr__(house.portal, "owners", house.kept)
    for person, name in NAMES.items():
        await house.handle(ContactCard(person_id=person, version=1, name=name, email="x@example.org"))
    return house


def fields(page: httpx.Response) -> dict[str, str]:
    """The fields of a page's form as they stand."""
    return read(page).forms[0].fields


__all__ = ["House", "PortalSettings", "built", "fields"]
