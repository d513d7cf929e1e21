"""Who subscribes to what, read from the services' own wiring."""

from importlib import import_module

from shared.bus.service import Service
from shared.settings import Settings

SERVICES = ("programmes", "matching", "scheduling", "notifications", "reporting", "tasks", "portal")


def wired(name: str) -> Service:
    """A service as its `app.build` wires it; nothing is connected."""
    service = import_module(f"services.{name}.app").build(settings_class(name)())
    assert isinstance(service, Service)
    return service


def settings_class(name: str) -> type[Settings]:
    """The class that validates a service's settings."""
    for declared in vars(import_module(f"services.{name}.settings")).values():
        if isinstance(declared, type) and issubclass(declared, Settings) and declared is not Settings:
            return declared
    return Settings


def subscribers() -> dict[str, list[str]]:
    """Event type (`matching.CohortFormed.v1`) -> the durables that subscribe to it, sorted."""
    found: dict[str, list[str]] = {}
    for name in SERVICES:
        for subscription in wired(name).declaration.subscriptions:
            for fact in subscription.handlers:
                found.setdefault(fact, []).append(subscription.consumer.durable)
    return {fact: sorted(durables) for fact, durables in found.items()}
