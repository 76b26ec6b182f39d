"""What a model's vendor says it used is taken so that it can be summed and paid."""

import pytest

from providers.llm.openai_chat_answer import ChatAnswer
from providers.llm.openai_responses_answer import ResponsesAnswer


@pytest.mark.parametrize(("told", "expected"), [(None, 0), (3, 3), (7, 7), (9, 7)])
def test_usage_cached_tokens_are_never_more_than_the_prompt(
    told: int | None, expected: int
) -> None:
    """A compatible server that miscounts must not stop the conversation that asked it."""
    chat = ChatAnswer.model_validate(
        {
            "choices": [{"message": {"content": "Hi"}, "finish_reason": "stop"}],
            "usage": {"prompt_tokens": 7, "prompt_tokens_details": {"cached_tokens": told}},
        }
    )
    responses = ResponsesAnswer.model_validate(
        {
            "output": [],
            "usage": {"input_tokens": 7, "input_tokens_details": {"cached_tokens": told}},
        }
    )

    assert chat.to_reply(None).cached_tokens == expected
    assert responses.to_reply(None).cached_tokens == expected
