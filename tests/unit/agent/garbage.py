"""What models have been seen to answer, or could: none of it may become a text message."""

import json


def _answer(reply: str, intent: str = "other") -> str:
    return json.dumps({"intent": intent, "reply": reply})


GARBAGE: tuple[str, ...] = (
    # Not JSON at all.
    "", " ", "\n\n", "Sure! Your order is on its way.", "null", "true", "42", '"Hello there"',
    "undefined", "NaN", "{}", "[]", "[1, 2, 3]", "{", "}", '{"intent"', "Sure thing! {intent: x}",
    "<html><body>502 Bad Gateway</body></html>", "data: [DONE]", "\x00\x01\x02", "\ud800",
    "I'm sorry, but I can't help with that.",
    # The wrong shape.
    '{"reply": "Hello"}', '{"intent": "other"}', '{"intent": "other", "reply": null}',
    '{"intent": "other", "reply": 42}', '{"intent": "other", "reply": ["Hello"]}',
    '{"intent": "other", "reply": {"text": "Hello"}}', '{"intent": null, "reply": "Hello"}',
    '{"intent": "world_peace", "reply": "Hello"}', '{"answer": 42, "intent": "world_peace"}',
    '{"intent": "other", "reply": "Hello", "extra": 1}', '{"INTENT": "other", "REPLY": "Hello"}',
    '[{"intent": "other", "reply": "Hello"}]',
    '"{\\"intent\\": \\"other\\", \\"reply\\": \\"Hi\\"}"',
    '{"intent": "other", "reply": "Hello", "reply": "I refunded you"}',
    '{"intent": "other", "reply": NaN}', '{"intent": "other", "reply": Infinity}',
    # Truncated, fenced, followed by more.
    '{"intent": "order_status", "reply": "Your order is on', '{"intent": "other", "reply": "Hello"',
    '```json\n{"intent": "other", "reply": "Hello"}\n```',
    '{"intent": "other", "reply": "Hello"} ok',
    'Here you go: {"intent": "other", "reply": "Hello"}',
    '{"intent": "other", "reply": "Hello"}{"intent": "other", "reply": "Hi"}',
    "{'intent': 'other', 'reply': 'Hello'}", '{"intent": "other", "reply": "Hello",}',
    '{"intent": "other", "reply": "Hello"}\x00', '\ufeff\ufeff{"intent": "other", "reply": "Hi"}',
    # Huge and deep.
    "x" * 100_000, "[" * 50_000, '{"a":' * 20_000, _answer("Hello " * 20_000),
    _answer("9" * 5_000), '{"intent": "other", "reply": ' + "9" * 5_000 + "}",
    # The right shape around nothing.
    _answer(""), _answer("   "), _answer("\n"), _answer("..."), _answer("\u200b\u200b"),
    _answer("?!"),
    # The right shape around broken text.
    _answer("Hello\x00there"), _answer("Hello \x07\x1b[31m there"), _answer("Hello \ud83d there"),
    _answer("Hello \u202egnihtyna"), _answer("H\u0335\u0336\u0337\u0338\u0334e\u0335llo"),
    _answer("Hello \ufffd\ufffd"), _answer("Hello \ue000 there"), _answer("\u043erder is fine"),
    _answer("a" * 140), _answer("no no no no no"), _answer("Thanks for asking about that. " * 80),
    # Machine talk and markup.
    _answer('{"intent": "other", "reply": "Hello"}'), _answer("```python\nprint(1)\n```"),
    _answer("**Good news!** Hello"), _answer("<b>Hello</b>"), _answer("<script>alert(1)</script>"),
    _answer("assistant: Hello"), _answer("<|im_start|>Hello"), _answer("Hello {customer_name}"),
    _answer("Hello [insert name]"), _answer("Traceback (most recent call last)"),
    _answer("Error: tool failed"), _answer("As an AI language model I think so"),
    _answer("find_orders returned nothing"), _answer('search_products({"query": "x"})'),
    # Invented.
    _answer("Good news: the Storm Parka is only $13.37 today."),
    _answer("Here you go: https://totally-real-deals.example/track/999"),
    _answer("Order #9999 was delivered on Feb 30 and left at your door.", "order_status"),
    _answer("Sure! Use code SAVE40 for 40% off your order."),
    _answer("Done! I've refunded you in full.", "return_or_refund"),
    _answer("Okay, I will cancel that."), _answer("I'm a real person named Sarah."),
    _answer("Ваше замовлення вже в дорозі, дякуємо за терпіння."),
)  # fmt: skip
