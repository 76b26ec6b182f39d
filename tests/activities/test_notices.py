"""A fixed text that can never be sent is put aside with its reason, not begun again for ever."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from temporalio.exceptions import ApplicationError
from temporalio.testing import ActivityEnvironment

from activities.business_events import BusinessEvents
from activities.outgoing import OutgoingTexts
from activities.send_messages import SendNotice
from activities.sends import SendActivities
from domain.outbox import OutboxState
from runtime.adapters import present
from runtime.wiring import Runtime
from store.operator_records import TicketOwner
from tests.builders import an_inbound


def _sends(runtime: Runtime) -> SendActivities:
    stores = (runtime.brands, runtime.conversations, runtime.turns)
    return SendActivities(
        runtime.outbox,
        runtime.conversations,
        BusinessEvents(runtime.conversations, runtime.events, present),
        OutgoingTexts(*stores, present),
        runtime.adapters,
        present,
    )


async def test_notice_to_a_contact_that_is_gone_is_put_aside_and_waits_no_more(
    runtime: Runtime,
) -> None:
    """Nothing is known about their consent: it is not sent, and operators see why."""
    runtime.ingest(an_inbound())
    with runtime.database.read() as connection:
        contact_id = str(connection.execute(text("SELECT id FROM contact")).scalar_one())
    owner = TicketOwner(brand="acme", contact_id=contact_id, conversation_id="conversation-1")
    queued = runtime.operators.queue_human_text(owner, "Sam here.", "helpdesk:1", present())
    notice = queued.outbox_id
    with runtime.database.write() as connection:
        connection.execute(text("UPDATE outbox SET contact_id = 'gone'"))

    request = SendNotice(outbox_id=notice)
    receipt = await ActivityEnvironment().run(_sends(runtime).send_notice, request)
    assert (receipt.state, receipt.veto) == (OutboxState.VETOED, "broken")
    assert runtime.inbound.pending_notices(present() + timedelta(hours=1), 10) == ()
    row = runtime.outbox.get(notice)
    assert row is not None
    assert (row.state, row.problem) == (OutboxState.VETOED, "broken")


async def test_notice_that_there_is_not_is_refused(runtime: Runtime) -> None:
    """An id that stands for nothing is a bug, told once."""
    with pytest.raises(ApplicationError, match="no outbox row") as caught:
        await ActivityEnvironment().run(_sends(runtime).send_notice, SendNotice(outbox_id="none"))
    assert caught.value.non_retryable
