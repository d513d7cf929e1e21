"""How a programme stands, and whether a school takes part: one mail to each person whom it concerns."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from services.notifications.domain.decisions.decision import Decision
from services.notifications.domain.details import Handover, Participation, Postponed
from services.notifications.domain.directory import Programme
from services.notifications.domain.mail import compose_row
from services.notifications.domain.targets import Concerned, Target, invited
from services.notifications.domain.template_mails.people import COORDINATOR, Recipient, letter_to
from shared.events.participation import ParticipationAsked
from shared.events.parties import LineHandedOver
from shared.events.programme_states import ProgrammePostponed, ProgrammeResumed

MOST_ENTRIES = 40
"""Calendar entries that one mail takes away, each in a file of its own: a mail stays under 100 kB."""

__all__ = ["MOST_ENTRIES", "StandingRecords", "asked", "handed_over", "postponed", "resumed"]


@dataclass(frozen=True)
class StandingRecords:
    """A programme, the people of its schools, and every date of it that is still to come."""

    programme: Programme
    people: Sequence[Concerned] = ()
    ahead: Sequence[Target] = ()

    def recipients(self) -> Mapping[str, Recipient]:
        """Everybody who takes part, or is invited to something, each once; the coordinator as such."""
        found = {one.person_id: Recipient(one.person_id, one.role, one.school_id) for one in self._known()}
        return {**found, self.programme.coordinator_id: Recipient(self.programme.coordinator_id, COORDINATOR)}

    def _known(self) -> Iterable[Concerned]:
        return (*(person for target in self.ahead for person in invited(target)), *self.people)


def postponed(records: StandingRecords, event: ProgrammePostponed, now: dt.datetime) -> Decision:
    """Tell everybody, with each date that falls away taken out of their calendar; very many go into several mails."""
    dated: dict[str, list[str]] = {}
    for target in records.ahead:
        for person in invited(target):
            dated.setdefault(person.person_id, []).append(target.target_id)
    return Decision(
        tuple(
            compose_row(
                letter_to(one, "programme-postponed", essential=True),
                f"ProgrammePostponed/{event.programme_id}/{event.version}{f'/{part}' if part else ''}",
                now,
                programme_id=event.programme_id,
                refs={},
                details=details,
            )
            for one in records.recipients().values()
            for part, details in enumerate(_in_parts(dated.get(one.person_id, []), event.until))
        )
    )


def _in_parts(dated: Sequence[str], until: dt.date | None) -> tuple[Postponed, ...]:
    """Return what each mail to somebody says: one, or one for every so many dates."""
    total = len(dated) if len(dated) > MOST_ENTRIES else 0
    return tuple(
        Postponed(until=until, dated=tuple(dated[at : at + MOST_ENTRIES]), total=total)
        for at in range(0, max(len(dated), 1), MOST_ENTRIES)
    )


def resumed(records: StandingRecords, event: ProgrammeResumed, now: dt.datetime) -> Decision:
    """Tell everybody that it goes on."""
    return Decision(
        tuple(
            compose_row(
                letter_to(one, "programme-resumed", essential=True),
                f"ProgrammeResumed/{event.programme_id}/{event.version}",
                now,
                programme_id=event.programme_id,
                refs={"programme": event.programme_id},
                details=Postponed(since=event.postponed_on),
            )
            for one in records.recipients().values()
        )
    )


def asked(programme: Programme, event: ParticipationAsked, now: dt.datetime) -> Decision:
    """Ask somebody whether their school takes part."""
    if event.person_id is None:
        return Decision()
    someone = Recipient(event.person_id, "participant", event.school_id)
    mail = compose_row(
        letter_to(someone, "participation-asked", essential=True),
        f"ParticipationAsked/{event.participation_id}/{event.version}",
        now,
        programme_id=programme.programme_id,
        refs={"school": event.school_id, "target_kind": "participation"},
        details=Participation(because=event.because, until=event.until),
    )
    return Decision((mail,))


def handed_over(people: Iterable[Recipient], event: LineHandedOver, now: dt.datetime) -> Decision:
    """Tell whoever stands to somebody new, and the new one themselves, each once."""
    return Decision(
        tuple(
            compose_row(
                letter_to(one, "line-handed-over", essential=True),
                f"LineHandedOver/{event.handover_id}",
                now,
                programme_id=event.programme_id,
                refs={"person": event.successor, "left": event.left, "people": " ".join(event.person_ids)},
                details=Handover(role=event.role, on=event.on),
            )
            for one in people
        )
    )
