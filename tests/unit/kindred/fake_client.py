"""A client whose services answer what a test tells them to."""

from pathlib import Path
from typing import Any

from shared.commands.base import Command, Query, Reply


class FakeClient:
    """Answers by the class of what is asked: a reply, an error to raise, or a function of the message."""

    def __init__(self, answers: dict[type[Command] | type[Query], Any]) -> None:
        self.answers = answers
        self.asked: list[Command | Query] = []
        self.uploaded: list[tuple[str, bytes]] = []

    async def ask(self, command: Command, *, key: str | None = None, actor: str | None = None) -> Reply:
        assert key
        return self._answer(command)

    async def find(self, query: Query) -> Reply:
        return self._answer(query)

    async def upload(self, content: Path | bytes, filename: str) -> str:
        self.uploaded.append((filename, content if isinstance(content, bytes) else _read(content)))
        return f"upl-{len(self.uploaded)}"

    async def close(self) -> None:
        return

    def _answer(self, message: Command | Query) -> Reply:
        self.asked.append(message)
        answer = self.answers[type(message)]
        if isinstance(answer, list):
            answer = answer.pop(0)
        if isinstance(answer, Exception):
            raise answer
        found: Reply = answer(message) if callable(answer) else answer
        return found


def _read(path: Path) -> bytes:
    return path.read_bytes()
