"""Sending through the outbox: claimed once, posted once, looked for when the outcome is unknown."""

import asyncio
import time
from datetime import timedelta
from typing import NoReturn

import structlog
from temporalio import activity
from temporalio.exceptions import ApplicationError

from activities.beat import beating
from activities.business_events import BusinessEvents
from activities.failures import translated
from activities.outgoing import OutgoingTexts, outbound_of, receipt_of
from activities.ports import Adapters, Clock
from activities.send_messages import Purpose, ReconcileSend, SendNotice, SendReceipt, SendReply
from agent.receipt import Receipt
from domain.errors import ConfigurationError, RuleBroken
from domain.outbox import LEFT_US, CarrierAction, OutboxState
from providers.sms.base import Accepted, Ambiguous, NotTried, Refused, SendOutcome
from store.base import ConversationStore
from store.outbox_base import OutboxStore
from store.outbox_records import Claim, OutboxRecord, SendResult, Veto

_log = structlog.get_logger(__name__)

# A process that slept between the claim and the post must not send on an old permission.
_CLAIM_VALID_SECONDS = 5.0
_OPEN = (OutboxState.SENDING, OutboxState.UNKNOWN)


class SendActivities:
    """Activities that send.

    Args:
        outbox: Rows of texts.
        conversations: What an answered text changes.
        events: What marketers hear of it.
        texts: Makes rows out of requests.
        adapters: Carriers.
        clock: The present.
    """

    def __init__(
        self,
        outbox: OutboxStore,
        conversations: ConversationStore,
        events: BusinessEvents,
        texts: OutgoingTexts,
        adapters: Adapters,
        clock: Clock,
    ) -> None:
        self._outbox = outbox
        self._conversations = conversations
        self._events = events
        self._texts = texts
        self._adapters = adapters
        self._clock = clock

    @activity.defn(name="send_reply")
    async def send_reply(self, request: SendReply) -> SendReceipt:
        """Take the last look and send one text; what may have been posted is never posted again."""
        async with beating():
            with translated():
                text, receipt = await asyncio.to_thread(self._texts.build, request)
                claimed_at = time.monotonic()
                claim = await asyncio.to_thread(self._outbox.claim, text, self._clock(), receipt)
                sent = await self._post(claim, claimed_at)
                if request.purpose is Purpose.REPLY and sent.state in LEFT_US:
                    await asyncio.to_thread(self._note_answered, request, receipt)
        return sent.model_copy(update={"body": None}) if request.purpose is Purpose.REPLY else sent

    @activity.defn(name="send_notice")
    async def send_notice(self, request: SendNotice) -> SendReceipt:
        """Take the last look and send a fixed text that was queued with an inbound message."""
        async with beating():
            with translated():
                claimed_at = time.monotonic()
                claim = await self._claim_notice(request.outbox_id)
                return await self._post(claim, claimed_at)

    @activity.defn(name="reconcile_send")
    async def reconcile_send(self, request: ReconcileSend) -> SendReceipt:
        """Ask the provider whether it has the text; at the last look abandon it."""
        async with beating():
            with translated():
                row = await asyncio.to_thread(self._outbox.get, request.outbox_id)
                if row is None:
                    raise RuleBroken(f"there is no outbox row {request.outbox_id}")
                if row.state not in _OPEN:
                    return receipt_of(row)
                return receipt_of(await self.look_for(row, last=request.last))

    async def _claim_notice(self, outbox_id: str) -> Claim:
        """Claim a fixed text; one that breaks a rule is put aside, else it is begun for ever."""
        try:
            return await asyncio.to_thread(self._outbox.claim_notice, outbox_id, self._clock())
        except RuleBroken as error:
            broken = SendResult(state=OutboxState.VETOED, problem=Veto.BROKEN.value)
            try:
                row = await asyncio.to_thread(self._outbox.settle, outbox_id, broken, self._clock())
            except RuleBroken:
                raise error from None  # there is no such row
            _log.error("notice_broken", outbox_id=outbox_id, problem=str(error))
            return Claim(row=row, granted=False, veto=Veto.BROKEN)

    def _note_answered(self, request: SendReply, receipt: str | None) -> None:
        self._conversations.note_answered(request.brand, request.conversation_id, request.intent)
        if receipt is not None:
            self._events.recommended(request, Receipt.model_validate_json(receipt))

    async def look_for(self, row: OutboxRecord, *, last: bool) -> OutboxRecord:
        """Look for a text among those the provider lists and settle its row.

        Args:
            row: In state SENDING or UNKNOWN.
            last: What is not found is abandoned, never sent again.
        """
        since = (row.first_try_at or row.created_at) - timedelta(seconds=5)
        taken = await asyncio.to_thread(self._outbox.bound_ids, row.provider, since)
        found = await self._adapters.sms(row.provider).find(outbound_of(row), since, taken)
        if found is not None:
            result = SendResult(
                state=OutboxState.SENT, provider_message_id=found.provider_message_id
            )
            return await self._settle(row, result)
        row = await self._settle(row, SendResult(state=OutboxState.UNKNOWN, problem="not listed"))
        if last:
            gone = SendResult(state=OutboxState.ABANDONED, problem="never found at the provider")
            row = await self._settle(row, gone)
            _log.error("send_abandoned", outbox_id=row.outbox_id, brand=row.brand)
        return row

    async def _post(self, claim: Claim, claimed_at: float) -> SendReceipt:
        row = claim.row
        if not claim.granted:
            return receipt_of(row, claim.veto.value if claim.veto else None)
        if time.monotonic() - claimed_at > _CLAIM_VALID_SECONDS:
            await self._not_tried(row, "the permission to send was too old to use", 0)
        try:
            carrier = self._adapters.sms(row.provider)
        except ConfigurationError as error:
            await self._not_tried(row, str(error), 60)
        callback = self._adapters.status_callback(row.provider, row.outbox_id)
        return await self._conclude(row, await carrier.send(outbound_of(row, callback)))

    async def _conclude(self, row: OutboxRecord, outcome: SendOutcome) -> SendReceipt:
        match outcome:
            case Accepted():
                result = SendResult(
                    state=OutboxState.SENT, provider_message_id=outcome.provider_message_id
                )
            case Ambiguous():
                result = SendResult(state=OutboxState.UNKNOWN, problem=outcome.problem)
            case NotTried():
                await self._not_tried(row, outcome.problem, outcome.retry_after_seconds)
            case Refused(action=CarrierAction.RETRY):
                await self._not_tried(row, f"refused with {outcome.code}", 60)
            case Refused():
                result = SendResult(state=OutboxState.FAILED, problem=outcome.action.value)
                await self._heed(row, outcome)
        return receipt_of(await self._settle(row, result))

    async def _not_tried(self, row: OutboxRecord, problem: str, wait_seconds: float) -> NoReturn:
        """Put the row back and let Temporal come again; it was certainly not sent."""
        await self._settle(row, SendResult(state=OutboxState.READY, problem=problem))
        raise ApplicationError(
            f"outbox row {row.outbox_id}: {problem}",
            type="NotTried",
            next_retry_delay=timedelta(seconds=wait_seconds),
        )

    async def _heed(self, row: OutboxRecord, refused: Refused) -> None:
        """Let what the carrier says about a contact change its state."""
        _log.warning(
            "send_refused", outbox_id=row.outbox_id, brand=row.brand, code=refused.code,
            action=refused.action.value,
        )  # fmt: skip
        if refused.action is CarrierAction.SUPPRESS:
            await asyncio.to_thread(
                self._outbox.suppress, row.brand, row.contact_id, f"carrier:{refused.code}",
                self._clock(),
            )  # fmt: skip
        elif refused.action is CarrierAction.UNREACHABLE:
            await asyncio.to_thread(self._outbox.mark_unreachable, row.brand, row.contact_id)

    async def _settle(self, row: OutboxRecord, result: SendResult) -> OutboxRecord:
        return await asyncio.to_thread(self._outbox.settle, row.outbox_id, result, self._clock())
