"""What the Responses API answers, as far as we read it."""

from collections.abc import Sequence
from typing import Literal

from domain.values import ForeignValue
from providers.llm.base import Finish, ModelReply, ToolCalled


class _Part(ForeignValue):
    type: str
    text: str = ""


class _Item(ForeignValue):
    type: str
    content: tuple[_Part, ...] | None = None
    call_id: str = ""
    name: str = ""
    arguments: str = ""


class _Cached(ForeignValue):
    cached_tokens: int | None = None


class _Usage(ForeignValue):
    input_tokens: int = 0
    output_tokens: int = 0
    input_tokens_details: _Cached | None = None


class _Incomplete(ForeignValue):
    reason: str | None = None


class _Failure(ForeignValue):
    code: str = "without a code"


class ResponsesAnswer(ForeignValue):
    """The parts of a response object that we read."""

    status: Literal["completed", "incomplete", "failed", "cancelled"] = "completed"
    model: str = ""
    output: tuple[_Item, ...]
    incomplete_details: _Incomplete | None = None
    error: _Failure | None = None
    usage: _Usage | None = None

    @property
    def failure(self) -> str:
        """Say why there is no answer; "" when there is one."""
        if self.status not in ("failed", "cancelled"):
            return ""
        return f"{self.status} {self.error.code if self.error else 'without a code'}"

    def to_reply(self, request_id: str | None) -> ModelReply:
        """Return the neutral answer.

        Args:
            request_id: The vendor's id of the request.
        """
        parts = [p for i in self.output if i.type == "message" for p in i.content or ()]
        usage = self.usage or _Usage()
        cached = usage.input_tokens_details
        return ModelReply(
            text="".join(part.text for part in parts if part.type == "output_text"),
            tool_calls=tuple(
                ToolCalled(call_id=i.call_id, name=i.name, arguments=i.arguments)
                for i in self.output
                if i.type == "function_call"
            ),
            finish=self._finish(parts),
            input_tokens=usage.input_tokens,
            cached_tokens=min((cached.cached_tokens if cached else None) or 0, usage.input_tokens),
            output_tokens=usage.output_tokens,
            model=self.model,
            request_id=request_id,
        )

    def _finish(self, parts: Sequence[_Part]) -> Finish:
        reason = self.incomplete_details.reason if self.incomplete_details else None
        if reason == "content_filter" or any(part.type == "refusal" for part in parts):
            return Finish.REFUSED
        if self.status == "incomplete":
            return Finish.LENGTH
        return Finish.DONE
