"""Making an outbox row out of a request: whose words, to whom, from which number, until when."""

from datetime import timedelta

from pydantic import TypeAdapter

from activities.ports import Clock
from activities.send_messages import Purpose, SendReceipt, SendReply
from agent.outcome import Draft, Step
from domain.brand import BrandSettings
from domain.errors import RuleBroken
from domain.ids import derived_id
from domain.message import MessageOrigin
from domain.segments import count_segments, normalise
from providers.sms.base import OutboundText
from store.base import BrandStore, ConversationStore
from store.outbox_records import OutboxRecord, ReadyText, SendKind
from store.turn_base import TurnStore

_STEP: TypeAdapter[Step] = TypeAdapter(Step)
_HUMAN_WITHIN = timedelta(hours=24)
_KINDS = {
    Purpose.REPLY: SendKind.REPLY,
    Purpose.ACKNOWLEDGEMENT: SendKind.ACKNOWLEDGEMENT,
    Purpose.CLOSEOUT: SendKind.CLOSEOUT,
    Purpose.HUMAN: SendKind.HUMAN,
    Purpose.UPDATE: SendKind.UPDATE,
}


class OutgoingTexts:
    """Builds rows.

    Args:
        brands: Settings.
        conversations: Contacts.
        turns: Drafts.
        clock: The present.
    """

    def __init__(
        self,
        brands: BrandStore,
        conversations: ConversationStore,
        turns: TurnStore,
        clock: Clock,
    ) -> None:
        self._brands = brands
        self._conversations = conversations
        self._turns = turns
        self._clock = clock

    def build(self, request: SendReply) -> tuple[ReadyText, str | None]:
        """Return the text to send and, for a reply, its receipt as JSON.

        The id is derived from what is answered, so that a retry builds the same row.

        Raises:
            RuleBroken: There is no draft to send.
        """
        settings = self._brands.settings(request.brand, request.settings_version).settings
        contact = self._conversations.contact(request.brand, request.contact_id)
        body, receipt = self._words(request, settings)
        count = count_segments(body)
        human = request.purpose is Purpose.HUMAN
        window = timedelta(minutes=settings.timers.reply_window_minutes)
        text = ReadyText(
            outbox_id=outbox_id_of(request),
            brand=request.brand,
            contact_id=request.contact_id,
            conversation_id=request.conversation_id,
            turn=request.turn,
            kind=_KINDS[request.purpose],
            origin=MessageOrigin.HUMAN if human else MessageOrigin.AGENT,
            provider=contact.provider,
            sender=contact.number,
            recipient=contact.phone,
            body=body,
            encoding=count.encoding.value,
            segments=count.segments,
            not_after=request.not_after or self._clock() + (_HUMAN_WITHIN if human else window),
            covers_seq=request.newest_seq,
        )
        return text, receipt

    def _words(self, request: SendReply, settings: BrandSettings) -> tuple[str, str | None]:
        match request.purpose:
            case Purpose.REPLY:
                draft = self._draft(request)
                return draft.body, draft.receipt.model_dump_json()
            case Purpose.ACKNOWLEDGEMENT:
                handoff = settings.handoff
                words = handoff.acknowledgement.replace("{hours}", handoff.human_hours)
            case Purpose.UPDATE:
                handoff = settings.handoff
                words = handoff.still_waiting.replace("{hours}", handoff.human_hours)
            case Purpose.CLOSEOUT:
                words = settings.handoff.closeout or _default_closeout(settings)
            case Purpose.HUMAN:
                words = request.body or ""
        return normalise(words), None

    def _draft(self, request: SendReply) -> Draft:
        steps = self._turns.steps(
            request.brand, request.conversation_id, request.turn, request.attempt
        )
        last = _STEP.validate_json(steps[-1].outcome) if steps else None
        if not isinstance(last, Draft):
            msg = f"conversation {request.conversation_id} turn {request.turn} has no draft"
            raise RuleBroken(msg)
        return last


def outbox_id_of(request: SendReply) -> str:
    """Return the id of a text's row, derived from what it answers."""
    return derived_id(
        "outbox",
        request.conversation_id,
        request.turn,
        request.attempt,
        request.step,
        request.purpose.value,
        request.message_key,
    )


def _default_closeout(settings: BrandSettings) -> str:
    """Return what is said when a human must answer and there is no helpdesk to reach one."""
    identity = settings.identity
    return f"Sorry, I can't help with that here. Please contact {identity.name}: " + (
        identity.help_contact
    )


def outbound_of(row: OutboxRecord, callback: str | None = None) -> OutboundText:
    """Return what a carrier is given of a row.

    Args:
        row: The text.
        callback: URL that brings news about it back, None when it is only looked for.
    """
    return OutboundText(
        outbox_id=row.outbox_id, sender=row.sender, recipient=row.recipient, body=row.body,
        status_callback=callback,
    )  # fmt: skip


def receipt_of(row: OutboxRecord, veto: str | None = None) -> SendReceipt:
    """Return what a workflow learns of a row.

    Args:
        row: The text as it stands.
        veto: Why it was not sent, None when it was or may have been.
    """
    return SendReceipt(
        outbox_id=row.outbox_id,
        state=row.state,
        veto=veto,
        problem=row.problem,
        body=row.body,
        segments=row.segments,
        confirms=row.kind is SendKind.CONFIRMATION,
    )
