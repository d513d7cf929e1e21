"""Real servers as child processes under one folder: what tests and the demo run on where there is no Docker engine."""

from pathlib import Path
from types import TracebackType
from typing import Self

from deploy.embedded.mongo import MongoServer
from deploy.embedded.nats import NatsServer

__all__ = ["MongoServer", "NatsServer", "Servers"]


class Servers:
    """nats-server and mongod together; a context manager that ends both."""

    def __init__(
        self, folder: Path, nats_port: int | None = None, mongo_port: int | None = None, nats_config: str = ""
    ) -> None:
        self.nats = NatsServer(folder / "nats", nats_port, nats_config)
        self.mongo = MongoServer(folder / "mongo", mongo_port)

    @property
    def environment(self) -> dict[str, str]:
        """The settings that point a service at these servers."""
        return {"KINDRED_NATS_URL": self.nats.url, "KINDRED_MONGO_URL": self.mongo.url}

    def start(self) -> "Servers":
        """Start both; neither is left running when the other fails."""
        try:
            self.nats.start()
            self.mongo.start()
        except BaseException:
            self.stop()
            raise
        return self

    def stop(self) -> None:
        """Stop both."""
        self.nats.stop()
        self.mongo.stop()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
