"""The customer's phone of the sandbox, and what the API says about a text."""

import asyncio
import time
from collections.abc import Mapping

import httpx
from pydantic import Field

from domain.errors import ConfigurationError
from domain.values import ForeignValue
from runtime.settings import Settings

_LOOK_SECONDS = 0.05


class Received(ForeignValue):
    """One text on the phone."""

    sid: str
    direction: str
    body: str
    segments: int = 1


class Outcome(ForeignValue):
    """What the API says became of a text; see `api.operator_routes.MessageView`."""

    disposition: str
    label: str
    reason: str
    settled: bool
    status: str
    intent: str | None = None
    turn: int | None = None
    replies: list[Mapping[str, object]] = Field(default_factory=list)
    cost_micros: int = 0
    currency: str = "USD"


class Phone:
    """A customer's phone.

    Args:
        settings: Where sandbox and API are.
        number: The customer's number, E.164.
        brand_number: The number to text.
    """

    def __init__(self, settings: Settings, number: str, brand_number: str) -> None:
        self._settings = settings
        self._number = number
        self._brand_number = brand_number
        self._http = httpx.AsyncClient(timeout=30, trust_env=False)
        self._key = operator_key(settings)

    async def close(self) -> None:
        """Close connections."""
        await self._http.aclose()

    async def text(self, body: str) -> str:
        """Send a text through the carrier's webhook and return the provider's id of it.

        Raises:
            ConfigurationError: The sandbox does not run, or the webhook refused the text.
        """
        given = {"from": self._number, "to": self._brand_number, "body": body}
        answer = await self._ask("POST", "/twilio/_control/inbound", json=given)
        status = answer.get("webhook_status")
        if status != 200:
            raise ConfigurationError(f"the webhook answered {status}: see var/logs/api.log")
        return str(answer["sid"])

    async def received(self) -> list[Received]:
        """Return what the brand's number has sent to this phone, oldest first."""
        answer = await self._ask("GET", f"/twilio/_control/phone/{self._number}")
        lines = [Received.model_validate(m) for m in answer["messages"]]  # type: ignore[attr-defined]
        return [line for line in lines if line.direction != "inbound"]

    async def outcome(self, message_id: str) -> Outcome:
        """Return what the API says became of a text."""
        try:
            answer = await self._http.get(
                f"{self._settings.api_url}/v1/inbound-messages/{message_id}",
                headers={"authorization": f"Bearer {self._key}"},
            )
        except httpx.HTTPError as error:
            raise ConfigurationError(
                f"the API does not answer at {self._settings.api_url}: start it with `make run`"
            ) from error
        if answer.status_code == 401:
            raise ConfigurationError("API_KEY is not the one the API runs with")
        answer.raise_for_status()
        return Outcome.model_validate(answer.json())

    async def settle(
        self, message_id: str, before: int, timeout_seconds: float
    ) -> tuple[Outcome, list[Received]]:
        """Wait until nothing more will come for a text.

        Args:
            message_id: The provider's id of it.
            before: How many texts the phone had received before.
            timeout_seconds: How long to wait.

        Returns:
            What the API says, and the new texts on the phone.
        """
        deadline = time.monotonic() + timeout_seconds
        while True:
            outcome = await self.outcome(message_id)
            new = (await self.received())[before:]
            ids = {
                str(r["provider_message_id"]) for r in outcome.replies if r["provider_message_id"]
            }
            if outcome.settled and ids <= {line.sid for line in new}:
                return outcome, new
            if time.monotonic() > deadline:
                return outcome, new
            await asyncio.sleep(_LOOK_SECONDS)

    async def _ask(self, method: str, path: str, **options: object) -> dict[str, object]:
        url = self._settings.sandbox_url + path
        try:
            answer = await self._http.request(method, url, **options)  # type: ignore[arg-type]
        except httpx.HTTPError as error:
            raise ConfigurationError(
                f"the sandbox does not answer at {self._settings.sandbox_url}: start it with "
                "`make run`"
            ) from error
        if answer.is_error:
            said = " ".join(answer.text.split())[:200]
            raise ConfigurationError(f"the sandbox refused: {said}")
        found: dict[str, object] = answer.json()
        return found


def operator_key(settings: Settings) -> str:
    """Return the operator key: the setting, or the one that `up` has made.

    Raises:
        ConfigurationError: There is neither.
    """
    if settings.api_key is not None:
        return settings.api_key.get_secret_value()
    try:
        return settings.operator_key_file.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ConfigurationError(
            "API_KEY is not set, and `make run` has not made one: start it, or set API_KEY"
        ) from error
