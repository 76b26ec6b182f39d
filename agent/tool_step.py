"""What becomes of an answer that asks for tools: each call is checked before anything runs."""

import json
import re

from pydantic import ValidationError

from agent.answer import parse_object
from agent.attempts import is_last_attempt
from agent.context import TurnContext
from agent.intent import Intent
from agent.outcome import CheckedCall, Escalate, Rejected, RejectionCode, ToolCalls
from agent.tools.arguments import Escalate as EscalateArguments
from agent.tools.registry import TOOLS, Tool, offered_tools
from agent.tools.result import compact, one_line
from domain.escalation import EscalationReason
from domain.redaction import redact
from providers.llm.base import ModelItem, ModelReply, ToolAnswered, ToolCalled

MAX_CALLS = 4
"""Of one answer; more are dropped. Source: reliability.md, F-16."""

_MAX_ARGUMENTS = 4_000
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_INTENTS_OF_REASONS = {
    EscalationReason.CUSTOMER_ASKED: Intent.HUMAN_REQUEST,
    EscalationReason.COMPLAINT: Intent.COMPLAINT,
}


class BadCall(ValueError):
    """A call that cannot run; the sentence is told to the model."""


def decide_tool_step(reply: ModelReply, context: TurnContext) -> ToolCalls | Rejected | Escalate:
    """Return what an answer with tool calls comes to; text beside them is ignored.

    Args:
        reply: The model's answer, with at least one call.
        context: The turn.
    """
    calls = _with_ids(reply.tool_calls[:MAX_CALLS], context)
    checked: list[CheckedCall] = []
    refused: list[ModelItem] = []
    for call in calls:
        try:
            arguments = check_call(call, context)
        except BadCall as error:
            refused.extend(_refusal(call, str(error)))
            continue
        if call.name == "escalate":
            return _escalation(arguments, context)
        checked.append(CheckedCall(call_id=call.call_id, name=call.name, arguments=arguments))
    if refused:
        return _rejected(RejectionCode.INVALID_TOOL_CALL, refused, context)
    if context.tool_rounds >= context.brand.limits.max_tool_rounds:
        return loop(context, "The tools were asked too often in one turn.")
    return _fresh_calls(checked, context)


def check_call(call: ToolCalled, context: TurnContext) -> str:
    """Return a call's arguments as JSON in one form.

    Raises:
        BadCall: The tool was not offered, or the arguments do not fit it.
    """
    offered = {tool.name: tool for tool in offered_tools(shop_configured=context.shop_configured)}
    tool = offered.get(call.name)
    if tool is None:
        raise BadCall(f"there is no such tool; the tools are {', '.join(offered)}")
    return _checked_arguments(tool, call.arguments)


def intent_so_far(context: TurnContext) -> Intent:
    """Return what this turn is about by the first tool it called."""
    called = (i.name for i in context.items if isinstance(i, ToolCalled))
    first = next((TOOLS[name] for name in called if name in TOOLS), None)
    return first.intent if first else Intent.OTHER


def loop(context: TurnContext, summary: str) -> Escalate:
    """Return the escalation of a turn that goes in circles."""
    return Escalate(
        reason=EscalationReason.TOOL_LOOP, summary=summary, intent=intent_so_far(context)
    )


def _checked_arguments(tool: Tool, arguments: str) -> str:
    if len(arguments) > _MAX_ARGUMENTS or "\x00" in arguments or "\\u0000" in arguments:
        raise BadCall("the arguments cannot be read")
    try:
        given = parse_object(arguments or "{}")
        valid = tool.arguments.model_validate_json(json.dumps(given))
    except ValidationError as error:
        raise BadCall(
            "; ".join(_problem(e["loc"], e["msg"]) for e in error.errors()[:3])
        ) from error
    except ValueError as error:
        raise BadCall("the arguments are not one JSON object") from error
    return compact(valid.model_dump(mode="json"))


def _problem(where: tuple[int | str, ...], message: str) -> str:
    name = ".".join(str(part) for part in where if str(part).isidentifier())
    return f"{one_line(name, 40)}: {message}"


def _with_ids(calls: tuple[ToolCalled, ...], context: TurnContext) -> tuple[ToolCalled, ...]:
    """Return the calls with ids that are valid and unique, as vendors demand them back."""
    taken = {i.call_id for i in context.items if isinstance(i, ToolCalled)}
    named: list[ToolCalled] = []
    for call in calls:
        new = call.call_id
        if not _ID.fullmatch(new) or new in taken:
            new = f"call_{len(taken) + 1}_{context.tool_rounds}_{context.rejections}"
        taken.add(new)
        named.append(call.model_copy(update={"call_id": new}))
    return tuple(named)


def _refusal(call: ToolCalled, problem: str) -> tuple[ModelItem, ...]:
    """Return the call and its answer in a form that every vendor takes back."""
    name = call.name if _ID.fullmatch(call.name) else "unknown_tool"
    try:
        arguments = json.dumps(parse_object(call.arguments[:_MAX_ARGUMENTS]))
    except ValueError:
        arguments = "{}"
    return (
        ToolCalled(call_id=call.call_id, name=name, arguments=arguments),
        ToolAnswered(call_id=call.call_id, text=compact({"error": f"not run: {problem}"})),
    )


def _rejected(
    code: RejectionCode, items: list[ModelItem], context: TurnContext
) -> Rejected | Escalate:
    if is_last_attempt(context):
        return Escalate(
            reason=EscalationReason.GUARDRAIL,
            summary=f"The model's answers could not be used ({code}).",
            intent=intent_so_far(context),
        )
    return Rejected(code=code, items=tuple(items))


def _escalation(arguments: str, context: TurnContext) -> Escalate:
    asked = EscalateArguments.model_validate_json(arguments)
    intent = _INTENTS_OF_REASONS.get(asked.reason, intent_so_far(context))
    summary = redact(one_line(asked.summary, 500)).text
    return Escalate(reason=asked.reason, summary=summary, intent=intent)


def _fresh_calls(
    checked: list[CheckedCall], context: TurnContext
) -> ToolCalls | Rejected | Escalate:
    """Return the calls that were not made in this turn yet; none means no progress."""
    answered = {i.call_id: i.text for i in context.items if isinstance(i, ToolAnswered)}
    made = {(i.name, i.arguments) for i in context.items if isinstance(i, ToolCalled)}
    fresh = {
        (c.name, c.arguments): c for c in reversed(checked) if (c.name, c.arguments) not in made
    }
    calls = tuple(c for c in checked if fresh.get((c.name, c.arguments)) is c)
    if calls:
        return ToolCalls(
            calls=calls,
            intent=intent_so_far(context) if answered else TOOLS[calls[0].name].intent,
            items=tuple(
                ToolCalled(call_id=c.call_id, name=c.name, arguments=c.arguments) for c in calls
            ),
        )
    if is_last_attempt(context):
        return loop(context, "The same lookup was asked for again and again.")
    items: list[ModelItem] = []
    for call in checked[:1]:
        repeated = ToolCalled(call_id=call.call_id, name=call.name, arguments=call.arguments)
        items.extend(_refusal(repeated, "you have its result already; answer from it"))
    return Rejected(code=RejectionCode.REPEATED_TOOL_CALL, items=tuple(items))
