"""Seven services with an exchange that two schools have joined, and a token of its coordinator."""

from services.portal.domain.tokens import Wanted
from services.portal.pages.portal import Portal
from shared.commands.coordinators import AddCoordinator
from shared.commands.scopes import EVERYTHING
from tests.unit.presentation.story import COORDINATOR, Story


async def joined() -> tuple[Story, str]:
    """The exchange up to its practitioners, and the text of a token for everything."""
    story = Story()
    await story.open()
    done = await story.town.ask(AddCoordinator(name="Cora Coe", email=COORDINATOR))
    portal: Portal = story.town.transport.application.state.portal
    made = await portal.tokens.make(done.id, Wanted("Examples", (EVERYTHING,), 366), "once")
    await story.town.settle()
    return story, made.text
