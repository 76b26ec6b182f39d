"""What Chat Completions answers, as far as we read it."""

from pydantic import Field

from domain.values import ForeignValue
from providers.llm.base import Finish, ModelReply, ToolCalled


class _Function(ForeignValue):
    name: str
    arguments: str = ""


class _Call(ForeignValue):
    id: str
    function: _Function


class _Message(ForeignValue):
    content: str | None = None
    refusal: str | None = None
    tool_calls: tuple[_Call, ...] | None = None


class _Choice(ForeignValue):
    message: _Message
    finish_reason: str | None = None


class _Cached(ForeignValue):
    cached_tokens: int | None = None


class _Usage(ForeignValue):
    prompt_tokens: int = 0
    completion_tokens: int = 0
    prompt_tokens_details: _Cached | None = None


class ChatAnswer(ForeignValue):
    """The parts of a chat completion that we read; at least one choice, the first counts."""

    model: str = ""
    choices: tuple[_Choice, ...] = Field(min_length=1)
    usage: _Usage | None = None

    def to_reply(self, request_id: str | None) -> ModelReply:
        """Return the neutral answer.

        Args:
            request_id: The vendor's id of the request.
        """
        choice = self.choices[0]
        usage = self.usage or _Usage()
        cached = usage.prompt_tokens_details
        return ModelReply(
            text=choice.message.content or "",
            tool_calls=tuple(
                ToolCalled(call_id=c.id, name=c.function.name, arguments=c.function.arguments)
                for c in choice.message.tool_calls or ()
            ),
            finish=_finish(choice),
            input_tokens=usage.prompt_tokens,
            cached_tokens=min((cached.cached_tokens if cached else None) or 0, usage.prompt_tokens),
            output_tokens=usage.completion_tokens,
            model=self.model,
            request_id=request_id,
        )


def _finish(choice: _Choice) -> Finish:
    if choice.finish_reason == "content_filter" or choice.message.refusal:
        return Finish.REFUSED
    if choice.finish_reason == "length":
        return Finish.LENGTH
    return Finish.DONE
