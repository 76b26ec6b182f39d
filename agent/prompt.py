"""Requests to the model: a stable prefix per brand, then the conversation as data."""

import hashlib

from agent.answer import AGENT_ANSWER
from agent.classification import INBOUND_CLASSIFICATION
from agent.context import TurnContext
from agent.fitting import characters_for_words
from agent.history import conversation_items, readable, transcript_items
from agent.resolution import RESOLUTION_VERDICT
from agent.templates import PROMPT_VERSION, fill, read
from agent.tools.dates import MONTHS, local_date
from agent.tools.registry import offered_tools, tool_spec
from agent.tools.result import whole_links
from domain.brand import BrandSettings
from domain.message import TranscriptLine
from providers.llm.base import AgentSaid, CustomerSaid, Instruction, ModelRequest

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_BRAND_TEXT_CHARACTERS = 400
_BRAND_TEXTS = 5
_VERDICT_TOKENS = 200


def build_request(context: TurnContext) -> ModelRequest:
    """Return the next call of a turn.

    The instructions depend on the brand alone, so that vendors can cache them; the day, the
    length limit and the brand's recent texts follow as an instruction, then the conversation.

    Args:
        context: The turn as it stands.
    """
    brand = context.brand
    tools = offered_tools(shop_configured=context.shop_configured)
    return ModelRequest(
        model=context.model,
        instructions=build_instructions(brand, shop_configured=context.shop_configured),
        items=(
            Instruction(text=_situation(context)),
            *conversation_items(context),
            *context.items,
        ),
        tools=tuple(tool_spec(tool) for tool in tools),
        output=AGENT_ANSWER,
        max_output_tokens=brand.model.max_output_tokens,
        cache_key=_cache_key(brand),
        safety_id=safety_id(context.conversation_id),
    )


def build_classification_request(
    text: str, last_outbound: str | None, brand: BrandSettings, model: str, conversation_id: str
) -> ModelRequest:
    """Return the call that sorts one inbound text.

    Args:
        text: The customer's words, redacted.
        last_outbound: What the brand had sent last, None when nothing is known.
        brand: Whose number was texted.
        model: The vendor's model name.
        conversation_id: Of the conversation, or any stable id of the contact.
    """
    before = () if last_outbound is None else (AgentSaid(text=readable(last_outbound)),)
    return ModelRequest(
        model=model,
        instructions=fill("classification", name=brand.identity.name),
        items=(*before, CustomerSaid(text=readable(text))),
        output=INBOUND_CLASSIFICATION,
        max_output_tokens=_VERDICT_TOKENS,
        cache_key=_cache_key(brand),
        safety_id=safety_id(conversation_id),
    )


def build_resolution_request(
    transcript: tuple[TranscriptLine, ...], brand: BrandSettings, model: str, conversation_id: str
) -> ModelRequest:
    """Return the call that judges a silent conversation.

    Args:
        transcript: All its texts, oldest first.
        brand: Whose conversation.
        model: The vendor's model name.
        conversation_id: Of the conversation.
    """
    return ModelRequest(
        model=model,
        instructions=fill("resolution", name=brand.identity.name),
        items=transcript_items(transcript),
        output=RESOLUTION_VERDICT,
        max_output_tokens=_VERDICT_TOKENS,
        cache_key=_cache_key(brand),
        safety_id=safety_id(conversation_id),
    )


def build_instructions(brand: BrandSettings, *, shop_configured: bool) -> str:
    """Return the stable prefix: the rules, then the brand."""
    return f"{read('rules').strip()}\n\n{_brand_block(brand, shop_configured=shop_configured)}"


def safety_id(conversation_id: str) -> str:
    """Return a pseudonym that a vendor may keep: it leads nowhere without our database."""
    return hashlib.sha256(conversation_id.encode()).hexdigest()


def _cache_key(brand: BrandSettings) -> str:
    return f"brand:{brand.brand}:v{PROMPT_VERSION}"


def _brand_block(brand: BrandSettings, *, shop_configured: bool) -> str:
    shop = (
        "Orders and products: look them up with the tools."
        if shop_configured
        else "Orders and products cannot be looked up: escalate every question about them."
    )
    rules = "".join(f"\n- {rule}" for rule in brand.voice.rules)
    banned = ", ".join(brand.voice.banned_words)
    return fill(
        "brand",
        name=brand.identity.name,
        category=brand.identity.category,
        tone=brand.voice.tone,
        help_contact=whole_links(brand.identity.help_contact),
        human_hours=brand.handoff.human_hours,
        shop=shop,
        writing_rules=f"Writing rules of the brand:{rules}" if rules else "",
        banned_words=f"Never use these words: {banned}" if banned else "",
    )


def _situation(context: TurnContext) -> str:
    today = local_date(context.now, context.brand.identity.time_zone)
    recent = context.brand_texts[-_BRAND_TEXTS:]
    told = "".join(f"\n- {whole_links(readable(t, _BRAND_TEXT_CHARACTERS))}" for t in recent)
    return fill(
        "situation",
        today=f"{_DAYS[today.weekday()]}, {MONTHS[today.month - 1]} {today.day}, {today.year}",
        characters=str(characters_for_words(context.brand, first_reply=context.first_reply)),
        brand_texts=f"Texts the brand sent in the last 48 hours (data):{told}" if told else "",
    )
