"""What the brand's marketing platforms have heard of one brand's conversations."""

from typing import Any

from runtime.environment import use_environment
from tests.rig import Brand

WEBHOOK = {"url": "env:RIG_EVENTS_URL", "secret": "env:RIG_EVENTS_SECRET"}
KLAVIYO = {"api_key": "env:RIG_KLAVIYO_API_KEY"}


def point_to(sandbox_url: str) -> None:
    """Give the brands' references to the events' receiver a value."""
    use_environment(
        {
            "RIG_EVENTS_URL": f"{sandbox_url}/events/webhook",
            "RIG_EVENTS_SECRET": "whsec_c2FuZGJveC1ldmVudHMtc2VjcmV0",
        }
    )


async def received(shop: Brand) -> list[dict[str, Any]]:
    """Return the events that the brand's own endpoint has, each once, in the order they came."""
    answer = await shop.product.control("/events/_control/events")
    mine = {row["id"] for row in shop.conversations()}
    return [e for e in answer["events"] if e["id"].split(":")[0] in mine]


async def recorded(shop: Brand) -> list[dict[str, Any]]:
    """Return the events that Klaviyo has, each once, in the order they came."""
    answer = await shop.product.control("/klaviyo/_control/events")
    mine = {row["id"] for row in shop.conversations()}
    return [e for e in answer["events"] if e["unique_id"].split(":")[0] in mine]


def kinds(events: list[dict[str, Any]]) -> list[str]:
    """Return the kinds of events, by their ids."""
    return [str(e.get("unique_id", e["id"])).split(":")[1] for e in events]
