"""The scripts: what customers, operators and helpdesks do, each chosen and varied by the seed."""

from collections.abc import Awaitable, Callable

from tests.faults.customer import Customer
from tests.faults.story import Kind

WISMO = "Where is my order?"
PRODUCT = "Which rain jacket do you recommend?"
POLICY = "What is your return policy?"
SHIPPING = "How long does shipping take?"
HOURS = "What are your store hours?"
CANADA = "Do you ship to Canada?"
WASH = "How do I wash a down jacket?"
HUMAN = "I want to talk to a human."
QUESTIONS = (WISMO, PRODUCT, POLICY, SHIPPING, HOURS, CANADA, WASH)
STOPS = ("STOP", "Stop", "UNSUBSCRIBE", "Stop texting me", "please unsubscribe me", "STOP!")
NOISE = ("lol", "👍", "❤️", "😂😂")
LATE_SECONDS = 8.0
"""Longer than any permission to send that was given before is valid."""

Script = Callable[[Customer], Awaitable[None]]


def _some(c: Customer, count: int) -> list[str]:
    return c.rng.sample(QUESTIONS, count)


async def questions(c: Customer) -> None:
    """One to three questions, each after the answer to the one before."""
    for question in _some(c, c.rng.randint(1, 3)):
        await c.says(question, copies=c.rng.choice((0, 0, 0, 1, 3)))
        if not await c.is_answered():
            return


async def burst(c: Customer) -> None:
    """Several texts at once: within the window, around its end, during the turn."""
    for question in _some(c, c.rng.randint(2, 4)):
        await c.says(question)
        await c.pauses(0, 1.2)
    await c.is_answered()


async def out_of_order(c: Customer) -> None:
    """The first text's webhook comes never, the second's at once; a listing brings the first."""
    first, second = _some(c, 2)
    await c.says(first, dropped=True)
    await c.says(second)
    await c.is_answered()


async def delivered_again(c: Customer) -> None:
    """A webhook that comes a second time after its text was answered."""
    said = await c.says(_some(c, 1)[0])
    if await c.is_answered():
        await c.pauses(1, 4)
        await c.world.deliver_again(said.sid, c.story.number, said.body)


async def thanks(c: Customer) -> None:
    """A question, its answer, thanks: the conversation ends resolved."""
    await c.says(_some(c, 1)[0])
    if await c.is_answered():
        await c.says("Thanks!", Kind.NOISE)


async def noise(c: Customer) -> None:
    """Nothing that asks for an answer, and perhaps a question later."""
    await c.says(c.rng.choice(NOISE), Kind.NOISE)
    if c.rng.random() < 0.5:
        await c.pauses(0, 2)
        await c.says(_some(c, 1)[0])
        await c.is_answered()


async def human_wanted(c: Customer) -> None:
    """A human is asked for, answers in the helpdesk and closes the ticket; the agent goes on."""
    # Never the same twice: two equal answers would pass for one that was sent twice.
    meanwhile, afterwards = _some(c, 2)
    await c.says(HUMAN)
    if c.rng.random() < 0.5:
        await c.pauses(0, 3)
        await c.says(meanwhile)
    ticket = await c.ticket()
    if ticket is None:
        return
    await c.helpdesk_answers(ticket["id"], "Hi, Sam from the team.", c.rng.choice((1, 1, 2, 4)))
    await c.ticket_closed(ticket["id"])
    await c.pauses(0, 2)
    await c.says(afterwards)
    await c.is_answered()


async def takeover(c: Customer) -> None:
    """An operator takes the word at a random moment of a turn, writes and gives it back."""
    first, second = _some(c, 2)
    await c.says(first)
    await c.pauses(0, 2.5)
    if not await c.taken_over():
        return
    await c.says(second)
    await c.operator_writes("Ada here, I am looking into it.")
    await c.pauses(0, 2)
    await c.handed_back()


async def takeover_of_a_held_send(c: Customer) -> None:
    """The word is taken while the draft waits for the carrier: it must not leave any more."""
    await c.throttle_next_send(LATE_SECONDS)
    await c.says(_some(c, 1)[0])
    await c.send_was_tried()
    if await c.taken_over():
        await c.operator_writes("Ada here, sorry for the wait.")


async def stop_anywhere(c: Customer) -> None:
    """STOP at a random moment, and perhaps START again."""
    question, next_question = _some(c, 2)
    await c.says(question)
    await c.pauses(0, 3)
    await c.insists(c.rng.choice(STOPS), Kind.STOP)
    if c.rng.random() < 0.4:
        await c.pauses(1, 6)
        await c.insists("START", Kind.START)
        await c.says(next_question)
        await c.is_answered()


async def stop_of_a_held_send(c: Customer) -> None:
    """STOP while the draft waits for the carrier: nothing but the confirmation may follow."""
    await c.throttle_next_send(LATE_SECONDS)
    await c.says(_some(c, 1)[0])
    await c.send_was_tried()
    await c.insists(c.rng.choice(STOPS), Kind.STOP)


async def stop_and_question(c: Customer) -> None:
    """An opt-out with a question: silence by text, the question goes to a human."""
    await c.says(_some(c, 1)[0])
    await c.pauses(0, 3)
    await c.insists("Stop texting me. And where is my refund?", Kind.STOP_AND_QUESTION)


async def help_wanted(c: Customer) -> None:
    """The HELP keyword between two questions."""
    first, second = _some(c, 2)
    await c.says(first)
    await c.says("HELP", Kind.HELP)
    if await c.is_answered():
        await c.says(second)
        await c.is_answered()


SCRIPTS: tuple[tuple[Script, int], ...] = (
    (questions, 5),
    (burst, 4),
    (out_of_order, 1),
    (delivered_again, 3),
    (thanks, 2),
    (noise, 1),
    (human_wanted, 4),
    (takeover, 3),
    (takeover_of_a_held_send, 2),
    (stop_anywhere, 4),
    (stop_of_a_held_send, 2),
    (stop_and_question, 2),
    (help_wanted, 1),
)
"""Each script and how often it is chosen."""
