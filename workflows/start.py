"""How a conversation starts, or goes on in a fresh history."""

from activities.messages import PassedOn
from domain.values import Recorded
from workflows.protocol import MODEL_QUEUE, ReceiveInbound
from workflows.state import ConversationState


class ConversationStart(Recorded):
    """How a conversation starts.

    Attributes:
        carry: State of the run it continues, None for a new conversation.
        first: Texts that the conversation before could not take any more.
        after: Id of that conversation, None where there was none.
        model_queue: Task queue of model calls.
    """

    brand: str
    contact_id: str
    carry: ConversationState | None = None
    first: tuple[ReceiveInbound, ...] = ()
    after: str | None = None
    model_queue: str = MODEL_QUEUE

    def passed_on(self) -> PassedOn | None:
        """Return what the conversation before has left to a new one."""
        if self.after is None or not self.first:
            return None
        return PassedOn(by=self.after, message_ids=tuple(m.message_id for m in self.first))
