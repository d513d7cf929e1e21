"""Answers that are only counted: counting them, links that anybody may answer, polls; what hears what."""

import secrets
from dataclasses import dataclass
from functools import partial

from services.reporting.handlers.commands.counting import CountingCommands
from services.reporting.handlers.contexts import Contexts
from services.reporting.handlers.ordering import ReportOrders
from services.reporting.handlers.polls import PollHandlers
from services.reporting.handlers.queries.counting import CountingQueries
from services.reporting.handlers.shared_links import SharedLinkCommands, SharedLinkQueries
from services.reporting.handlers.sheets import CountedSheets
from services.reporting.ports.stores import Stores
from shared.bus import Service
from shared.clock import Clock
from shared.commands import counting, polls, shared_links


@dataclass(frozen=True)
class Counted:
    """What these handlers share with others."""

    contexts: Contexts
    orders: ReportOrders
    sheets: CountedSheets
    weighing: PollHandlers
    clock: Clock


def counted(service: Service, stores: Stores, by: Counted) -> None:
    """Wire commands and queries."""
    service.command(counting.CountAnswers, CountingCommands(stores, by.contexts, by.orders).count)
    service.query(counting.ShowCounts, CountingQueries(stores, by.contexts, by.sheets, by.clock).show)
    service.command(polls.ChooseTheme, by.weighing.choose)
    service.query(polls.ShowPolls, by.weighing.show)
    service.query(polls.ListOwnPolls, by.weighing.own)
    taken = SharedLinkCommands(stores, by.contexts, partial(secrets.token_urlsafe, 16))
    service.command(shared_links.OpenSharedLink, taken.open)
    service.command(shared_links.CloseSharedLink, taken.close)
    service.command(shared_links.AnswerSharedLink, taken.answer)
    found = SharedLinkQueries(stores, by.contexts, by.clock)
    service.query(shared_links.ShowSharedLink, found.show)
    service.query(shared_links.ListSharedLinks, found.list)
