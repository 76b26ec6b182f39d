"""A text from a phone: kept, checked for keywords, and posted to the brand's webhook."""

import asyncio
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import Base64Bytes, BaseModel, ConfigDict, Field

from sandbox.twilio.account import Account, Media, SmsMessage
from sandbox.twilio.keywords import handle_keyword, parse_keyword
from sandbox.twilio.webhooks import Delivery, Webhooks

_PLACE = {"City": "CHICAGO", "State": "IL", "Zip": "60601", "Country": "US"}


class MediaPart(BaseModel):
    """A file attached to a text, its content in base64."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    content_type: str = "image/png"
    content: Base64Bytes = b"sandbox"


class InboundText(BaseModel):
    """What a phone sends, and how its webhook goes wrong.

    ``duplicate`` posts the same webhook that many times more, all at once; ``drop_webhook`` keeps
    the text at Twilio and posts nothing; ``extra`` adds or replaces form parameters.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    sender: str = Field(alias="from", min_length=1)
    to: str
    body: str = ""
    media: tuple[MediaPart, ...] = Field(default=(), max_length=10)
    duplicate: int = Field(default=0, ge=0, le=20)
    opt_out_type: Literal["STOP", "START", "HELP"] | None = None
    drop_webhook: bool = False
    extra: dict[str, str] = Field(default_factory=dict)


@dataclass(frozen=True)
class Inbound:
    """Takes texts from phones to the webhook."""

    account: Account
    webhooks: Webhooks

    async def take(self, text: InboundText, api_url: str) -> dict[str, Any]:
        """Keep a text and post its webhook; ``api_url`` is where its media can be fetched.

        Returns:
            ``sid``, and of the webhook ``webhook_status``, ``webhook_body``, ``webhook_error``
            (Twilio's code, see `Delivery`) and ``webhook_statuses`` of all copies; None and empty
            when it was dropped.
        """
        account = self.account
        message = account.add(
            direction="inbound",
            sender=text.sender,
            to=text.to,
            body=text.body.encode("utf-8", "replace").decode(),
            media_count=len(text.media),
        )
        message.service_sid = account.config.messaging_service_sid
        message.media = [Media(content_type=m.content_type, content=m.content) for m in text.media]
        account.show(message, "phone")
        keyword = parse_keyword(message.body) if account.behaviour.keyword_handling else None
        keyword = text.opt_out_type or keyword
        if keyword is not None:
            handle_keyword(account, message, keyword)
        if text.drop_webhook:
            return {"sid": message.sid, **_outcome([])}
        params = self._params(message, text, api_url)
        deliveries = await asyncio.gather(*(self._post(params) for _ in range(1 + text.duplicate)))
        return {"sid": message.sid, **_outcome(deliveries)}

    async def _post(self, params: dict[str, str]) -> Delivery:
        config = self.account.config
        fragment = f"#{config.connection_override}" if config.connection_override else ""
        url = f"{config.public_base_url}{config.inbound_path}{fragment}"
        return await self.webhooks.post(url, params, wants_xml=True)

    def _params(self, message: SmsMessage, text: InboundText, api_url: str) -> dict[str, str]:
        account_sid = self.account.config.account_sid
        params = {
            "MessageSid": message.sid,
            "SmsSid": message.sid,
            "SmsMessageSid": message.sid,
            "AccountSid": account_sid,
            "From": message.sender,
            "To": message.to,
            "Body": message.body,
            "NumMedia": str(len(message.media)),
            "NumSegments": str(message.segments),
            "SmsStatus": "received",
            "ApiVersion": "2010-04-01",
        }
        # A short code or a name has no place, and Twilio then leaves the values empty.
        place = _PLACE if message.sender.startswith("+1") else dict.fromkeys(_PLACE, "")
        params |= {f"From{name}": value for name, value in place.items()}
        params |= {f"To{name}": value for name, value in _PLACE.items()}
        if message.service_sid:
            params["MessagingServiceSid"] = message.service_sid
        if text.opt_out_type:
            params["OptOutType"] = text.opt_out_type
        base = f"{api_url}/2010-04-01/Accounts/{account_sid}/Messages/{message.sid}/Media"
        for index, media in enumerate(message.media):
            params[f"MediaUrl{index}"] = f"{base}/{media.sid}"
            params[f"MediaContentType{index}"] = media.content_type
        return params | text.extra


def _outcome(deliveries: list[Delivery]) -> dict[str, Any]:
    first = deliveries[0] if deliveries else None
    return {
        "webhook_status": first.status if first else None,
        "webhook_body": first.body if first else "",
        "webhook_error": first.error_code if first else None,
        "webhook_statuses": [delivery.status for delivery in deliveries],
    }
