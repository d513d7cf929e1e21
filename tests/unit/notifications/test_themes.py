"""A theme that a poll chose stands in the invitations of its activity, and stays where the template is upgraded."""

from shared.events.polls import ThemeChosen
from tests.unit.notifications import exchange
from tests.unit.notifications.exchange import VISITOR
from tests.unit.notifications.post_office import PostOffice
from tests.unit.notifications.test_standing import text


def chosen(**changes):
    given = {
        "version": 2, "poll_id": "pol-1", "programme_id": exchange.opened().programme_id, "poll": "needs",
        "theme": "feedback", "title": "Feedback", "activity": exchange.visit().activity,
    }  # fmt: skip
    return ThemeChosen.model_validate({**given, **changes})


async def invited(*told):
    office = PostOffice()
    await exchange.begin(office.story)
    for one in told:
        await office.tell(one)
    await office.story.bus.handle(exchange.visit())
    await office.deliver()
    return " ".join(text(mail) for mail in office.mailboxes.to(f"{VISITOR}@schools.example"))


async def test_the_theme_stands_in_the_invitation():
    assert "The theme: Feedback." in await invited(chosen())
    again = exchange.opened().model_copy(update={"version": 9})
    assert "The theme: Feedback." in await invited(chosen(), again)


async def test_other_activities_say_nothing_of_it():
    assert "theme" not in await invited(chosen(activity="other"))
    assert "theme" not in await invited(chosen(activity=""))
