"""A school whose staff answer a form that is only counted, over reporting as `build()` wires it."""

from typing import Any

from services.reporting.domain.decisions.block_reports import known_id
from shared.commands.counting import CountAnswers, ShowCounts
from shared.commands.forms import ShowEntry
from shared.commands.reports import CompileReport
from tests.unit.reporting.entries import exchange
from tests.unit.reporting.entries.exchange import OWN, PROGRAMME
from tests.unit.reporting.entries.harness import at_work

CANARY = "CANARY-7f3a"
CHOICES = [{"key": "good", "title": "Good"}, {"key": "bad", "title": "Bad"}]
PULSE: dict[str, Any] = {
    "key": "pulse", "title": "How it is going", "by": ["head", "lead", "governor"], "confidential": "counts-only",
    "least_shown": 3,
    "fields": [
        {"key": "mood", "kind": "choice", "label": "Mood", "choices": CHOICES},
        {"key": "which", "kind": "several", "label": "Which topics?", "of": "topics", "required": False},
        {"key": "worry", "kind": "text", "label": "A worry", "required": False},
    ],
}  # fmt: skip
COUNTS = {"key": "counts", "title": "Counts", "about": "school", "after": ["coordinator"], "to": ["head"],
          "blocks": [{"kind": "counts", "form": "pulse"}]}  # fmt: skip
EVERYWHERE = {**COUNTS, "key": "everywhere", "about": "programme", "to": ["coordinator"]}


def people(role, number, school=OWN):
    return [f"per-{role}-{school.removeprefix('sch-')}-{one}" for one in range(1, number + 1)]


async def opened(made, version=2, **changes):
    """The programme's template as it is from now on; `changes` to the form."""
    forms, reports = [{**PULSE, **changes}], [COUNTS, EVERYWHERE]
    told = exchange.opened(forms=forms, reports=reports, version=version + 2)
    await made.tell(told.model_copy(update={"version": version}))


async def staffed(*, leads=6, governors=0, school=OWN, made=None, **changes):
    """Reporting with so many people who may answer at a school."""
    if made is None:
        made = await at_work(placed=False)
        await opened(made, **changes)
    taken = [("lead", one) for one in people("lead", leads, school)]
    taken += [("governor", one) for one in people("governor", governors, school)]
    await made.tell(*(exchange.role_taken(one, role, school) for role, one in taken))
    return made


async def words(made, person, school=OWN):
    """The mark of the words that the person reads."""
    about = {"programme_id": PROGRAMME, "form": "pulse", "about_id": school}
    return (await made.find(ShowEntry(person_id=person, **about))).mark


async def answer(made, person, school=OWN, mark=None, **answers):
    """Count somebody's answers; return the reply."""
    command = CountAnswers(
        programme_id=PROGRAMME, form="pulse", about_id=school, person_id=person,
        mark=await words(made, person, school) if mark is None else mark, answers=answers, veil="v" * 32,
    )  # fmt: skip
    return await made.ask(command)


async def report(made, key="counts", about=OWN):
    """Have the report compiled; return its parts, or None where there is nothing to say."""
    whole = key == "everywhere"
    await made.ask(CompileReport(programme_id=PROGRAMME, report=key, about_id="" if whole else about))
    record = made.memory.reports.rows[known_id(PROGRAMME, key, PROGRAMME if whole else about)]
    return made.memory_renderer.seen[-1].parts if record.latest else None


async def counts(made, about=""):
    return await made.find(ShowCounts(programme_id=PROGRAMME, form="pulse", about_id=about))
