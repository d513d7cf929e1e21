"""Where each of several agrees: everybody named but who wrote it presses once, and silence counts after some days."""

from typing import Any

import pytest

from shared.commands import forms as asks
from shared.errors import Rejected
from tests.unit.reporting.entries import exchange
from tests.unit.reporting.entries.harness import at_work, published
from tests.unit.reporting.entries.test_signing import ask, silence

HEAD, LEAD, GOVERNOR = exchange.HOST_HEAD, exchange.HOST_LEAD, exchange.person("governor", exchange.HOST)
MINUTES: dict[str, Any] = {
    "key": "minutes", "title": "Minutes", "by": ["lead"], "about": "school", "together": True,
    "fields": [{"key": "said", "label": "What was said?"}],
    "sign_off": {"by": "party", "each": True, "silence": "agrees", "silent_working_days": 5},
    "release": {"to": ["head", "lead", "governor"]},
}  # fmt: skip


async def written(*, silence="agrees"):
    """Minutes of the host school, sent by its lead."""
    made = await at_work()
    form = {**MINUTES, "sign_off": {**MINUTES["sign_off"], "silence": silence}}
    await made.tell(exchange.opened(forms=[*exchange.FORMS, form]).model_copy(update={"version": 2}))
    entry_id, work = await made.send("minutes", exchange.HOST, LEAD, {"said": "Much."})
    assert published(work) == ["FormSubmitted"]
    return made, entry_id


async def agree(made, entry_id, person, number=1):
    _, work = await made.do(asks.AgreeEntry(entry_id=entry_id, person_id=person, number=number))
    return published(work)


async def test_it_counts_once_the_last_of_them_has_agreed():
    made, entry_id = await written()
    assert await agree(made, entry_id, HEAD) == ["AgreementGiven"]
    assert await agree(made, entry_id, HEAD) == []
    seen = await made.show(GOVERNOR, entry_id, view="read")
    assert (seen.agreed_ids, seen.silent_ids, seen.state) == ((HEAD,), (GOVERNOR,), "submitted")
    assert await agree(made, entry_id, GOVERNOR) == ["FormAgreed", "FormReleased"]
    kept = made.kept(entry_id)
    assert (kept.agreed_by, kept.agreements, kept.silent) == (GOVERNOR, (HEAD, GOVERNOR), ())


async def test_who_wrote_it_has_said_so_by_sending_it():
    made, entry_id = await written()
    with pytest.raises(Rejected, match="no such entry"):
        await agree(made, entry_id, LEAD)


async def test_silence_agrees_and_the_minutes_say_who_said_nothing():
    made, entry_id = await written()
    await agree(made, entry_id, HEAD)
    work = await silence(made, entry_id)
    assert published(work) == ["FormAgreed", "FormReleased"]
    assert work.published[0].person_id == ""
    seen = await made.show(GOVERNOR, entry_id, view="read")
    assert (seen.agreed_ids, seen.silent_ids, seen.state) == ((HEAD,), (GOVERNOR,), "released")
    assert published(await silence(made, entry_id)) == []


async def test_where_silence_asks_the_coordinator_agrees_for_the_silent():
    made, entry_id = await written(silence="asks")
    await agree(made, entry_id, HEAD)
    assert published(await silence(made, entry_id)) == ["AgreementOverdue"]
    assert await agree(made, entry_id, exchange.COORDINATOR) == ["FormAgreed", "FormReleased"]
    assert made.kept(entry_id).silent == (GOVERNOR,)


async def test_what_somebody_wants_changed_is_agreed_by_nobody_and_then_by_everybody_anew():
    made, entry_id = await written()
    await agree(made, entry_id, HEAD)
    await ask(made, entry_id, "More was said.", person=GOVERNOR)
    with pytest.raises(Rejected) as refused:
        await agree(made, entry_id, HEAD)
    assert refused.value.rule == "changes-asked"
    assert published(await silence(made, entry_id)) == []
    saved = await made.save("minutes", exchange.HOST, LEAD, {"said": "More."}, revision=made.kept(entry_id).revision)
    await made.submit(saved, LEAD)
    assert made.kept(entry_id).agreements == ()
    assert await agree(made, entry_id, HEAD, 2) == ["AgreementGiven"]
