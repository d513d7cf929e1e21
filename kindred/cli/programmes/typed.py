"""Reading what people type about schools: people with their role, topics with a weight."""

from email.utils import unquote

from kindred.cli.input import parsing
from shared.commands.programmes import PersonDetails, TopicClaim
from shared.errors import Rejected


def person(text: str) -> PersonDetails:
    """`headteacher: Ada Okafor <ada@school.example>` as a person; a name may hold commas, and stand in quotes."""
    role, _, rest = text.partition(":")
    parts = parsing.PERSON.fullmatch(rest.strip())
    name = unquote(parts[1]).strip() if parts else ""
    if parts is None or not name:
        raise Rejected("bad-person", f"{text!r} should read like: headteacher: Ada Okafor <ada@school.example>.")
    return PersonDetails(role=parsing.role_named(role), name=name, email=parts[2])


def claim(text: str) -> TopicClaim:
    """`feedback:5:pupils act on comments` as a topic, its weight and the evidence."""
    topic, weight, evidence = [*text.split(":", 2), "", ""][:3]
    if weight and weight not in {"1", "2", "3", "4", "5"}:
        raise Rejected("bad-weight", f"{text!r}: a weight is 1, 2, 3, 4 or 5.")
    return TopicClaim(topic=topic.strip(), weight=int(weight or 3), evidence=evidence.strip())


def claims(texts: list[str] | None) -> tuple[TopicClaim, ...]:
    """Several topics."""
    return tuple(claim(text) for text in texts or [])
