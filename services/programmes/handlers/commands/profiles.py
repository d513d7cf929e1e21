"""The command by which people change their own school's profile."""

from services.programmes.domain.enrolment.corrections import correct
from services.programmes.domain.enrolment.profiles import CLOSED, can_change, changed, only_days
from services.programmes.domain.enrolment.rules import CORRECTIONS, broken_rules
from services.programmes.domain.enrolment.standing import refuse
from services.programmes.domain.records import local_day
from services.programmes.domain.register.entry import facts_of
from services.programmes.handlers.profiles import Profiles
from services.programmes.handlers.situations import Situations
from shared.bus import UnitOfWork
from shared.commands.base import Done
from shared.commands.profiles import ChangeProfile
from shared.errors import Rejected

__all__ = ["ProfileCommands"]


class ProfileCommands:
    """One method a command."""

    def __init__(self, situations: Situations, profiles: Profiles) -> None:
        self._situations = situations
        self._profiles = profiles

    async def change(self, command: ChangeProfile, work: UnitOfWork) -> Done:
        """Change a profile; after enrolment has closed only its days."""
        programme = await self._situations.programmes.get(command.programme_id)
        today = local_day(work.now, programme.template.timezone)
        profile = await self._profiles.of_urn(programme, command.urn, command.person_id)
        known = await self._situations.contacts.known((), profile.record.people)
        wish = changed(command, profile, programme, known)
        found = await self._situations.of(wish, programme)
        if can_change(programme, today) or profile.kept_from:
            refuse(found.broken(wish))
            decision = await self._situations.take(wish, found, work)
        elif not only_days(command, profile.record):
            raise Rejected("enrolment-closed", CLOSED)
        else:
            refuse(broken_rules(wish, found.standing, CORRECTIONS))
            assert found.entry is not None
            decision = correct(wish, profile.record, found.standing, facts_of(found.entry), today)
            await self._situations.keep(decision, work)
        sentence = "The profile is saved." if decision.events else "The profile stands as it was."
        return Done(id=decision.enrolment.enrolment_id, version=decision.enrolment.version, sentence=sentence)
