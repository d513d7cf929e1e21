"""Nobody is matched before they and their line manager have pressed agree; following the link agrees to nothing."""

from kindred.demo.exchange.moves import address, exchange, letter, send
from kindred.demo.exchange.story import Nominee
from kindred.demo.programme import ASKED, MISSED, REMINDED
from kindred.demo.round import Round
from shared.commands.forms import EntryRows, ListEntries

CONSENT, LINE = "Say whether you want to take part", "Agree to your colleague's project"
NEWS = "What is new among the projects"


async def agree(this: Round) -> None:
    """The morning after brings one digest; most agree, one practitioner waits, one line manager says nothing."""
    second = exchange(this)
    second.expect(ASKED, NEWS, [address(this, school_id, "cpd-lead") for school_id in this.story.enrolments])
    people = [one for one in second.nominees if one.school_id not in second.late]
    second.silent = {people[0].practitioner.email, people[-1].manager.email}
    await _scanned(this, people[0])
    await this.together([_consent(this, one, ASKED) for one in people if one.practitioner.email not in second.silent])
    await this.together([_line(this, one, ASKED) for one in people if one.manager.email not in second.silent])
    await this.settle()


async def agree_when_reminded(this: Round) -> None:
    """Only the silent are reminded; the practitioner agrees then."""
    second = exchange(this)
    for one in second.nominees:
        if one.practitioner.email in second.silent:
            second.expect(REMINDED, CONSENT, [one.practitioner.email])
            await _consent(this, one, REMINDED)
        if one.manager.email in second.silent:
            second.expect(REMINDED, LINE, [one.manager.email, one.manager.email])  # on the third day and the last
            second.expect(MISSED, LINE, [address(this, one.school_id, "cpd-lead")])
    await this.settle()


async def stay_silent(this: Round) -> None:
    """The last day: whoever has said nothing is reminded once more, and says nothing."""
    await this.settle()


async def agree_at_once(this: Round, people: list[Nominee]) -> None:
    """Both agree on the day they are asked."""
    await this.together([_consent(this, one, ASKED) for one in people])
    await this.together([_line(this, one, ASKED) for one in people])
    await this.settle()


async def _scanned(this: Round, one: Nominee) -> None:
    """A mail scanner follows every link of a mail: nothing is agreed to."""
    await this.follow(letter(this, one.practitioner.email, CONSENT), "entry")
    query = ListEntries(programme_id=exchange(this).programme_id, form="consent", school_id=one.school_id)
    found: EntryRows = await this.client.find(query)
    this.checks.equal("following the link of a mail agrees to nothing", found.total, 0)


async def _consent(this: Round, one: Nominee, how: str) -> None:
    aims = {"aims.listening": "yes", "aims.weighing-evidence": "yes"}
    await send(this, letter(this, one.practitioner.email, CONSENT, how), {"agree": "yes", **aims})


async def _line(this: Round, one: Nominee, how: str) -> None:
    await send(this, letter(this, one.manager.email, LINE, how), {"agree": "yes", "days": "5"})
