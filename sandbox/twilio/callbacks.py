"""Carrier outcomes and the status callbacks that report them, in order or not."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from sandbox.twilio.account import Account, SmsMessage
from sandbox.twilio.config import CarrierRule, Outcome
from sandbox.twilio.webhooks import Delivery, Webhooks

_STEPS: dict[Outcome, tuple[str, ...]] = {
    "delivered": ("sending", "sent", "delivered"),
    "sent": ("sending", "sent"),
    "undelivered": ("sending", "sent", "undelivered"),
    "failed": ("failed",),
}
_DEFAULT_ERROR = {"undelivered": 30003, "failed": 30008}
_TIMES = {"none": 0, "duplicate": 2}

Callback = tuple[str, dict[str, str]]


@dataclass
class Carrier:
    """Moves outbound messages to their end and calls back, as the account's behaviour says."""

    account: Account
    webhooks: Webhooks
    held: list[Callback] = field(default_factory=list)

    async def carry(self, message: SmsMessage, rule: CarrierRule) -> None:
        """Take one message through its statuses, and call back about each."""
        pending: list[Callback] = []
        for status in _STEPS[rule.outcome]:
            await asyncio.sleep(self.account.behaviour.callback_delay_seconds)
            bad = status in _DEFAULT_ERROR
            self.account.move(
                message, status, (rule.error_code or _DEFAULT_ERROR[status]) if bad else None
            )
            if message.status_callback is None:
                continue
            callback = (message.status_callback, self._params(message))
            mode = self.account.behaviour.callbacks
            if mode == "held":
                self.held.append(callback)
            elif mode == "reversed":
                pending.insert(0, callback)
            else:
                for _ in range(_TIMES.get(mode, 1)):
                    await self.webhooks.post(*callback)
        for callback in pending:
            await self.webhooks.post(*callback)

    async def release(self, order: Literal["given", "reversed"]) -> list[Delivery]:
        """Post every held callback, in the order held or the other way round."""
        held, self.held = self.held, []
        if order == "reversed":
            held.reverse()
        return [await self.webhooks.post(*callback) for callback in held]

    def _params(self, message: SmsMessage) -> dict[str, str]:
        params = {
            "AccountSid": self.account.config.account_sid,
            "ApiVersion": "2010-04-01",
            "From": message.sender,
            "MessageSid": message.sid,
            "MessageStatus": message.status,
            "SmsSid": message.sid,
            "SmsStatus": message.status,
            "To": message.to,
        }
        if message.service_sid:
            params["MessagingServiceSid"] = message.service_sid
        if message.error_code:
            params["ErrorCode"] = str(message.error_code)
        if message.status in {"delivered", "undelivered"}:
            params["RawDlrDoneDate"] = _dlr_date(message.updated_at)
        return params


def _dlr_date(at: datetime) -> str:
    return at.strftime("%y%m%d%H%M")
