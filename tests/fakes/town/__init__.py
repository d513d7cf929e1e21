"""All services together, on buses and stores in memory: what one publishes arrives at all, and there is one clock.

It is what a programme needs to run from its opening to its last mail without servers: commands, pages behind mailed
links, mails that a relay takes, timers. The services are wired by their own `build()`.
"""

from tests.fakes.town.people import Letter, Person
from tests.fakes.town.town import Town

__all__ = ["Letter", "Person", "Town"]
