"""The Chat Completions protocol, outward: neutral answer to ``chat.completion`` object."""

from typing import Any

from sandbox.openai.neutral import Answer, Request
from sandbox.openai.stamp import Stamp

Json = dict[str, Any]


def write(answer: Answer, request: Request, _body: Json, stamp: Stamp) -> Json:
    """Return the ``chat.completion`` object of an answer."""
    message: Json = {
        "role": "assistant",
        "content": answer.text,
        "refusal": answer.refusal,
        "annotations": [],
    }
    if answer.calls:
        message["tool_calls"] = [
            {
                "id": stamp.call_id(index),
                "type": "function",
                "function": {"name": call.name, "arguments": call.arguments},
            }
            for index, call in enumerate(answer.calls)
        ]
    finish = "tool_calls" if answer.calls else "stop"
    return {
        "id": f"chatcmpl-{stamp.key}",
        "object": "chat.completion",
        "created": stamp.created,
        "model": request.model,
        "choices": [
            {
                "index": 0,
                "message": message,
                "logprobs": None,
                "finish_reason": "length" if answer.truncated else finish,
            }
        ],
        "usage": _usage(stamp),
        "service_tier": "default",
        "system_fingerprint": "sandbox-scripted",
    }


def _usage(stamp: Stamp) -> Json:
    return {
        "prompt_tokens": stamp.input_tokens,
        "completion_tokens": stamp.output_tokens,
        "total_tokens": stamp.input_tokens + stamp.output_tokens,
        "prompt_tokens_details": {
            "cached_tokens": stamp.cached_tokens,
            "cache_write_tokens": stamp.written_tokens,
        },
        "completion_tokens_details": {"reasoning_tokens": 0},
    }
