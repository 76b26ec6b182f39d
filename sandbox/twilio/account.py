"""The state of one emulated Twilio account: its messages, block list, carrier, and phones."""

import asyncio
import secrets
from collections.abc import Coroutine
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import format_datetime
from typing import Any, Literal

from pydantic import BaseModel, Field

from sandbox.edge import Edge
from sandbox.twilio.config import Behaviour, CarrierRule, TwilioConfig
from sandbox.twilio.errors import CARRIER_MESSAGES
from sandbox.twilio.segments import count_segments

Json = dict[str, Any]
Direction = Literal["inbound", "outbound-api", "outbound-reply"]

_FIRST_STATUS: dict[Direction, str] = {
    "inbound": "received",
    "outbound-api": "queued",
    "outbound-reply": "delivered",
}


class Media(BaseModel):
    """One picture or file of an MMS, as bytes."""

    sid: str = Field(default_factory=lambda: f"ME{secrets.token_hex(16)}")
    content_type: str
    content: bytes


class SmsMessage(BaseModel):
    """One message resource; ``resource`` gives it as the REST API does."""

    sid: str
    direction: Direction
    sender: str
    to: str
    body: str
    status: str
    segments: int
    created_at: datetime
    updated_at: datetime
    sent_at: datetime | None = None
    error_code: int | None = None
    service_sid: str | None = None
    status_callback: str | None = None
    media: list[Media] = Field(default_factory=list)
    media_count: int = 0

    def resource(self, config: TwilioConfig) -> Json:
        """Return every field of the published message schema."""
        uri = f"/2010-04-01/Accounts/{config.account_sid}/Messages/{self.sid}"
        code = self.error_code
        return {
            "account_sid": config.account_sid,
            "api_version": "2010-04-01",
            "body": self.body,
            "date_created": format_datetime(self.created_at),
            "date_sent": format_datetime(self.sent_at) if self.sent_at else None,
            "date_updated": format_datetime(self.updated_at),
            "direction": self.direction,
            "error_code": code,
            "error_message": CARRIER_MESSAGES.get(code, "Unknown error") if code else None,
            "from": self.sender,
            "messaging_service_sid": self.service_sid,
            "num_media": str(self.media_count),
            "num_segments": str(self.segments),
            "price": None,
            "price_unit": "USD",
            "sid": self.sid,
            "status": self.status,
            "subresource_uris": {
                "media": f"{uri}/Media.json",
                "feedback": f"{uri}/Feedback.json",
            },
            "to": self.to,
            "uri": f"{uri}.json",
        }


class PhoneEntry(BaseModel):
    """One text as a phone keeps it; ``author`` says who wrote it.

    ``phone`` is its owner, ``api`` our REST API's caller, ``provider`` Twilio's keyword handling.
    The body stays as the phone saw it, whatever is redacted at Twilio later.
    """

    sid: str
    at: datetime
    direction: Direction
    author: Literal["phone", "api", "provider"]
    sender: str = Field(serialization_alias="from")
    to: str
    body: str
    encoding: str
    segments: int
    num_media: int


@dataclass
class Account:
    """Everything the emulator remembers; kept in memory only."""

    config: TwilioConfig
    edge: Edge
    behaviour: Behaviour = field(default_factory=Behaviour)
    messages: dict[str, SmsMessage] = field(default_factory=dict)
    phone: list[PhoneEntry] = field(default_factory=list)
    blocked: set[tuple[str, str]] = field(default_factory=set)
    carrier: dict[str, CarrierRule] = field(default_factory=dict)
    tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def add(
        self, *, direction: Direction, sender: str, to: str, body: str, media_count: int = 0
    ) -> SmsMessage:
        """Make a message, keep it, and return it; an inbound one or a keyword's answer is final."""
        now = self.edge.now()
        message = SmsMessage(
            sid=("MM" if media_count else "SM") + secrets.token_hex(16),
            direction=direction,
            sender=sender,
            to=to,
            body=body,
            segments=count_segments(body).segments,
            created_at=now,
            updated_at=now,
            status=_FIRST_STATUS[direction],
            sent_at=None if direction == "outbound-api" else now,
            media_count=media_count,
        )
        self.messages[message.sid] = message
        return message

    def show(self, message: SmsMessage, author: Literal["phone", "api", "provider"]) -> None:
        """Write the message into the record of the phone at its far end."""
        count = count_segments(message.body)
        entry = PhoneEntry(
            sid=message.sid,
            at=message.created_at,
            direction=message.direction,
            author=author,
            sender=message.sender,
            to=message.to,
            body=message.body,
            encoding=count.encoding,
            segments=count.segments,
            num_media=message.media_count,
        )
        self.phone.append(entry)

    def move(self, message: SmsMessage, status: str, error_code: int | None = None) -> None:
        """Give a message its next status."""
        now = self.edge.now()
        message.status, message.error_code, message.updated_at = status, error_code, now
        if status in {"sent", "delivered"} and message.sent_at is None:
            message.sent_at = now

    def rule_for(self, number: str) -> CarrierRule:
        """Return what the carrier does with texts to this number."""
        return self.carrier.get(number, CarrierRule())

    def loops(self, sender: str, to: str) -> bool:
        """Tell whether one more text would be the 16th with less than 30 s between each."""
        later, count = self.edge.now(), 0
        for message in reversed(self.messages.values()):
            if (message.sender, message.to, message.direction) == (sender, to, "outbound-api"):
                if later - message.created_at >= timedelta(seconds=30):
                    break
                later, count = message.created_at, count + 1
        return count >= 15

    def run(self, work: Coroutine[Any, Any, None]) -> None:
        """Run work after the answer, and keep hold of it until it ends."""
        task = asyncio.create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def settle(self) -> None:
        """Wait until nothing runs after an answer any more."""
        while self.tasks:
            await asyncio.wait(set(self.tasks))
