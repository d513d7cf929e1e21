"""The demo finds a word in whatever stream it stands, in a message's body or head."""

from kindred.demo.happened import holding

WORDS = ("zimtstern", "nowhere")


async def test_a_word_is_found_in_each_stream_that_has_it(jetstream) -> None:
    for number in range(3):
        await jetstream.publish("events.a.B.v1.x", f"{number}".encode())
    assert await holding(jetstream, WORDS) == []
    await jetstream.publish("events.a.B.v1.y", b'{"note": "zimtstern"}')
    await jetstream.publish("dead.one", b"", headers={"reason": "zimtstern"})
    assert await holding(jetstream, WORDS) == ["DEAD: zimtstern", "EVENTS: zimtstern"]
