"""The conversation as later builds might have it: another order of commands, guarded or not."""

from datetime import timedelta

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from workflows.conversation import Conversation
    from workflows.protocol import ConversationOutcome
    from workflows.start import ConversationStart

FIRST_STEP = "what the next build does first"
PATCH = "2026-11-first-step"


async def _first_step() -> None:
    await workflow.sleep(timedelta(milliseconds=20), summary=FIRST_STEP)


@workflow.defn(name="Conversation")
class NextConversation(Conversation):
    """Begins with a timer that the build before does not set: their histories do not mix."""

    @workflow.init
    def __init__(self, start: ConversationStart) -> None:
        super().__init__(start)

    @workflow.run
    async def run(self, start: ConversationStart) -> ConversationOutcome:
        """Do the new first step, then what the build before did."""
        await _first_step()
        return await super().run(start)


@workflow.defn(name="Conversation")
class PatchedConversation(Conversation):
    """The same change, guarded: histories from before it take the old way."""

    @workflow.init
    def __init__(self, start: ConversationStart) -> None:
        super().__init__(start)

    @workflow.run
    async def run(self, start: ConversationStart) -> ConversationOutcome:
        """Do the new first step where the history is a new one."""
        if workflow.patched(PATCH):
            await _first_step()
        return await super().run(start)
