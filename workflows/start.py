"""How a conversation starts, or goes on in a fresh history."""

from domain.values import Recorded
from workflows.protocol import MODEL_QUEUE, ReceiveInbound
from workflows.state import ConversationState


class ConversationStart(Recorded):
    """How a conversation starts.

    Attributes:
        carry: State of the run it continues, None for a new conversation.
        first: Texts that the conversation before could not take any more.
        model_queue: Task queue of model calls.
    """

    brand: str
    contact_id: str
    carry: ConversationState | None = None
    first: tuple[ReceiveInbound, ...] = ()
    model_queue: str = MODEL_QUEUE
