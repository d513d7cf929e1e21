"""The services behind the pages, and the notes of first openings."""

from typing import Any

from services.portal.domain.links import Link
from shared.commands.base import Command, Done, Query
from shared.commands.reporting import FormState
from shared.errors import KindredError, Rejected


class FakeOwners:
    """Answers queries from what it was told, carries each command out once a key, and fails when asked to."""

    def __init__(self) -> None:
        self.asked: list[tuple[Command, str]] = []
        self.keys: dict[str, Any] = {}
        self.fails: KindredError | None = None
        self.finds: dict[str, Any] = {}
        self.found: list[Query] = []
        self.sentence = ""
        self.uploads: dict[str, tuple[bytes, str]] = {}
        self.replies: dict[str, Any] = {}

    @property
    def commands(self) -> list[Command]:
        return [command for command, _ in self.asked]

    async def ask(self, command: Command, *, key: str, actor: str) -> Any:
        if self.fails is not None:
            raise self.fails
        if key not in self.keys:
            self.asked.append((command, actor))
            done = Done(id="done", sentence=self.sentence)
            self.keys[key] = self.replies.get(type(command).__name__, done)
        return self.keys[key]

    async def upload(self, content: bytes, filename: str) -> str:
        self.uploads[f"upl-{len(self.uploads) + 1}"] = (content, filename)
        return f"upl-{len(self.uploads)}"

    async def find(self, query: Query) -> Any:
        self.found.append(query)
        name = type(query).__name__
        answer = self.finds.get(name)
        if callable(answer):
            return answer(query)
        if answer is not None:
            return answer
        if name == "ShowForm":
            return FormState(submitted=False)
        raise Rejected("unknown", f"{name} is not known.")


class FakeOpenings:
    """Notes which links were opened, each once."""

    def __init__(self) -> None:
        self.links: list[str] = []

    async def opened(self, link: Link) -> None:
        if link.link_id not in self.links:
            self.links.append(link.link_id)
