"""One running conversation: its state, and the ways in which steps act on it."""

import asyncio
from datetime import datetime
from typing import Any, TypeVar

from pydantic import BaseModel
from temporalio import workflow
from temporalio.common import SearchAttributeUpdate
from temporalio.exceptions import ActivityError

with workflow.unsafe.imports_passed_through():
    from activities.upkeep_messages import Published, PublishEvent
    from domain.conversation import Status, idle_deadline, next_status
    from domain.handover import Handover
    from workflows.attributes import (
        ESCALATED_ATTRIBUTE,
        INTENT_ATTRIBUTE,
        STATUS_ATTRIBUTE,
    )
    from workflows.details import describe
    from workflows.options import options
    from workflows.state import ConversationState

_Answer = TypeVar("_Answer", bound=BaseModel)
_URGENT = (Handover.OPT_OUT, Handover.OPT_OUT_WITH_QUESTION, Handover.HANDOFF)


class Session:
    """The conversation while it runs.

    Attributes:
        brand: Tenant.
        contact_id: Whose conversation.
        state: All that is remembered.
        busy: A step is under way; silence does not count.
        committed: The current turn has written or begun to send; it is not torn any more.
        due: Silence has lasted long enough.
        recording: Held while the store is told who has the word: a late retry must not undo what
            was decided after it.
        words_passed: How often the store was told who has the word, in this run.
    """

    def __init__(
        self, brand: str, contact_id: str, model_queue: str, state: ConversationState
    ) -> None:
        self.brand = brand
        self.contact_id = contact_id
        self._model_queue = model_queue
        self.state = state
        self.busy = False
        self.committed = False
        self.due = False
        self.words_passed = 0
        self.recording = asyncio.Lock()

    @property
    def ending(self) -> Status | None:
        """An ending that was decided by an operator or a provider, in whichever run."""
        return self.state.ending

    @ending.setter
    def ending(self, ending: Status) -> None:
        self.state.ending = ending

    def about(self) -> dict[str, str | int]:
        """Return the fields by which every request names this conversation."""
        return {
            "brand": self.brand,
            "contact_id": self.contact_id,
            "conversation_id": self.state.conversation_id,
            "settings_version": self.state.policy.settings_version,
        }

    async def call(
        self,
        activity: str,
        argument: BaseModel,
        answer: type[_Answer],
        summary: str,
        *,
        row: str | None = None,
    ) -> _Answer:
        """Run an activity under its row of the options table, or under another one."""
        found: _Answer = await workflow.execute_activity(
            activity,
            argument,
            result_type=answer,
            summary=summary[:200],
            **options(row or activity, self._model_queue),
        )
        return found

    def deadline(self) -> datetime:
        """Return when silence ends the conversation as it stands."""
        if self.state.status is Status.HANDED_OFF:
            return self.state.last_activity + self.state.policy.human_pause
        return idle_deadline(
            self.state.policy, self.state.last_activity, thanked=self.state.thanked
        )

    def has_work(self) -> bool:
        """Return whether the loop has something to act on."""
        return bool(self.state.inbox) or self.due or self.ending is not None

    def has_human(self) -> bool:
        """Return whether a human has the word."""
        return self.state.status is Status.HANDED_OFF

    def must_stop_turn(self, *, last_attempt: bool) -> bool:
        """Return whether the turn under way is overtaken by events.

        Args:
            last_attempt: Newer texts may not restart it any more, else a chatty customer would
                never be answered.
        """
        if self.committed:
            return False
        if self.has_human() or self.ending is not None or self.state.waiting(*_URGENT):
            return True
        return self.state.waiting(Handover.TURN) and not last_attempt

    def move(self, status: Status) -> None:
        """Enter a status; search attributes are billed, so they follow changes only."""
        if status is self.state.status:
            return
        self.state.status = next_status(self.state.status, status)
        changes: list[SearchAttributeUpdate[Any]] = [STATUS_ATTRIBUTE.value_set(status.value)]
        if self.state.intent is not None:
            changes.append(INTENT_ATTRIBUTE.value_set(self.state.intent))
        if status is Status.HANDED_OFF:
            changes.append(ESCALATED_ATTRIBUTE.value_set(True))  # noqa: FBT003  (their API)
        workflow.upsert_search_attributes(changes)

    async def publish(self, conversation_id: str | None = None) -> None:
        """Deliver queued events, if anyone listens; what fails is left to the sweeper.

        Args:
            conversation_id: Whose; this one's by default.
        """
        if not self.state.policy.publishes:
            return
        request = PublishEvent(
            brand=self.brand, conversation_id=conversation_id or self.state.conversation_id
        )
        try:
            await self.call("publish_event", request, Published, "publish events")
        except ActivityError:
            self.note("events wait for the brand's platform")

    def note(self, decision: str) -> None:
        """Say why something happened, for operators."""
        self.state.last_decision = decision
        self.show()

    def show(self) -> None:
        """Refresh what operators read; costs no event and no action."""
        ended = self.state.status not in (Status.OPEN, Status.WAITING, Status.HANDED_OFF)
        workflow.set_current_details(describe(self.state, None if ended else self.deadline()))
