"""Somebody leaves after the round was published: nobody else moves, and the place is offered to who waits for it."""

from collections import Counter

from kindred.demo.exchange.carrying_out import DATES, pair
from kindred.demo.exchange.moves import address, exchange, letter
from kindred.demo.exchange.placing import expect_told, nominee, shown
from kindred.demo.programme import ASKED
from kindred.demo.round import Round
from shared.commands.rounds import OfferRow, PlacementRow, RoundDetail

FOR_YOU = "A place for you"


async def take(this: Round) -> None:
    """The first who waits for a place that has become free takes it, by the page behind their mail."""
    this.tell("Somebody leaves the exchange; who waits for their place takes it")
    offer = await _leave(this)
    if offer is None:
        return
    one = nominee(this, offer.person_id)
    browser, page = await this.follow(letter(this, one.practitioner.email, FOR_YOU), "offer")
    await browser.press(page, "accept", {})
    await this.settle()
    placed = [row for row in (await shown(this)).placements if row.person_id == offer.person_id]
    this.checks.equal("whoever takes a place on offer has it", [row.thing for row in placed], [offer.thing])
    for row in placed:
        expect_told(this, row)


async def keep_silent(this: Round) -> None:
    """Another place becomes free; whoever is offered it says nothing."""
    offer = await _leave(this)
    exchange(this).silent_on = offer.offer_id if offer else ""


async def pass_on(this: Round) -> None:
    """After five working days without a word the place is no longer kept for them."""
    found = await shown(this)
    kept = [row.offer_id for row in found.offers if row.offer_id == exchange(this).silent_on]
    this.checks.equal("an offer passes on after five working days of silence", kept, [])
    for row in found.offers:
        _expect_offer(this, row)


async def _leave(this: Round) -> OfferRow | None:
    """End a placement that somebody waits for; return what was offered to whom. None where nobody waits."""
    before = await shown(this)
    settled = [row for row in before.placements if row.person_id not in exchange(this).offered]
    leaving = next((row for row in settled if _waited_for(this, before, row)), None)
    if leaving is None:
        return None
    await exchange(this).desk.run("rounds", "withdraw", leaving.match_id, "--leaving", "person")
    await this.settle()
    _expect_end(this, leaving)
    after = await shown(this)
    others = {row.match_id for row in before.placements} - {leaving.match_id}
    this.checks.equal("nobody else moves when somebody leaves", {row.match_id for row in after.placements}, others)
    offered = [row for row in after.offers if row.thing_entry_id == leaving.thing_entry_id]
    this.checks.equal("a place that becomes free is offered to one who waits", len(offered), 1)
    for row in offered:
        _expect_offer(this, row)
    return offered[0] if offered else None


def _waited_for(this: Round, found: RoundDetail, leaving: PlacementRow) -> bool:
    """Whether somebody who was agreed to wishes for the place, has not been offered it, and may have it.

    Over all rounds and programmes no school may give or receive more than one beyond the other.
    """
    free = [row for row in found.people_without if row.rule != "not-agreed" and row.person_id]
    free = [row for row in free if row.person_id not in exchange(this).offered]
    even = Counter({row.school_id: row.gives + row.gave_before for row in found.ledger})
    even.subtract({row.school_id: row.receives + row.received_before for row in found.ledger})
    even[leaving.school_id] -= 1
    even[leaving.host_school_id] += 1
    return even[leaving.host_school_id] >= 0 and any(
        leaving.thing_entry_id in exchange(this).wishes.get(nominee(this, row.person_id).practitioner.email, ())
        and even[row.school_id] <= 0
        for row in free
    )


def _expect_end(this: Round, row: PlacementRow) -> None:
    """Whoever was told of the placement hears that it ends; the record of what was done goes to its person.

    The round was published two days before: both sides had been asked to agree on days.
    """
    one = nominee(this, row.person_id)
    schools = [address(this, school_id, "cpd-lead") for school_id in (row.school_id, row.host_school_id)]
    told = [one.practitioner.email, one.manager.email, *schools]
    exchange(this).expect(ASKED, f"The project at {row.host} ends", told)
    exchange(this).expect(ASKED, DATES, pair(this, row))
    exchange(this).expect(ASKED, f"Record of leadership development, {one.practitioner.name}", [one.practitioner.email])


def _expect_offer(this: Round, row: OfferRow) -> None:
    """Whoever is offered a place hears of it, and so does who named them."""
    one = nominee(this, row.person_id)
    exchange(this).offered.add(row.person_id)
    exchange(this).expect(ASKED, FOR_YOU, [one.practitioner.email])
    exchange(this).expect(ASKED, f"A place for {one.practitioner.name}", [address(this, one.school_id, "cpd-lead")])
