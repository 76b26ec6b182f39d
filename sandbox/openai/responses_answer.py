"""The Responses protocol, outward: neutral answer to ``response`` object."""

from typing import Any

from sandbox.openai.neutral import Answer, Request
from sandbox.openai.stamp import Stamp

Json = dict[str, Any]


def write(answer: Answer, request: Request, body: Json, stamp: Stamp) -> Json:
    """Return the ``response`` object of an answer, with what the request set echoed back."""
    status = "incomplete" if answer.truncated else "completed"
    return {
        "id": f"resp_{stamp.key}",
        "object": "response",
        "created_at": stamp.created,
        "status": status,
        "error": None,
        "incomplete_details": {"reason": "max_output_tokens"} if answer.truncated else None,
        "instructions": body.get("instructions"),
        "max_output_tokens": request.max_tokens,
        "metadata": {**(body.get("metadata") or {}), "sandbox": "scripted stand-in"},
        "model": request.model,
        "output": _output(answer, status, stamp),
        "parallel_tool_calls": request.parallel_calls,
        "previous_response_id": None,
        "prompt_cache_key": body.get("prompt_cache_key"),
        "reasoning": body.get("reasoning") or {"effort": None, "summary": None},
        "safety_identifier": body.get("safety_identifier"),
        "service_tier": "default",
        "store": body.get("store", True),
        "temperature": body.get("temperature", 1.0),
        "text": body.get("text") or {"format": {"type": "text"}},
        "tool_choice": body.get("tool_choice") or "auto",
        "tools": body.get("tools", []),
        "top_p": body.get("top_p", 1.0),
        "truncation": body.get("truncation", "disabled"),
        "usage": {
            "input_tokens": stamp.input_tokens,
            "input_tokens_details": {
                "cached_tokens": stamp.cached_tokens,
                "cache_write_tokens": stamp.written_tokens,
            },
            "output_tokens": stamp.output_tokens,
            "output_tokens_details": {"reasoning_tokens": 0},
            "total_tokens": stamp.input_tokens + stamp.output_tokens,
        },
    }


def _output(answer: Answer, status: str, stamp: Stamp) -> list[Json]:
    items: list[Json] = []
    said: Json | None = None
    if answer.refusal is not None:
        said = {"type": "refusal", "refusal": answer.refusal}
    elif answer.text is not None:
        said = {"type": "output_text", "text": answer.text, "annotations": [], "logprobs": []}
    if said is not None:
        items.append(
            {
                "type": "message",
                "id": f"msg_{stamp.key}",
                "role": "assistant",
                "status": status,
                "content": [said],
            }
        )
    items.extend(
        {
            "type": "function_call",
            "id": f"fc_{stamp.key}_{index}",
            "call_id": stamp.call_id(index),
            "name": call.name,
            "arguments": call.arguments,
            "status": "completed",
        }
        for index, call in enumerate(answer.calls)
    )
    return items
