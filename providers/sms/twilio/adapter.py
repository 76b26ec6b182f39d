"""The SMS port kept by Twilio."""

import hashlib
from datetime import UTC, datetime

import httpx

from domain.errors import (
    BadSignature,
    MalformedWebhook,
    ProviderMisconfigured,
    ProviderUnavailable,
)
from domain.message import DeliveryReport, InboundMessage
from domain.outbox import CarrierAction
from providers.sms.base import (
    Accepted,
    Ambiguous,
    Correlation,
    Found,
    NotTried,
    OutboundText,
    Refused,
    SendOutcome,
    WebhookRequest,
)
from providers.sms.twilio import resource, webhook
from providers.sms.twilio.errors import carrier_action
from providers.sms.twilio.options import TwilioOptions
from providers.sms.twilio.rest import TwilioRest
from providers.sms.twilio.signature import is_signed

_TRY_AGAIN = "#rc=5&rp=all"
"""Has Twilio repeat a callback after any failure, not once and only when it could not connect.

Source: Twilio's connection overrides; the fragment is neither sent nor signed.
"""

_PAGE_SIZE = 50
_SWEEP_PAGE_SIZE = 200


class TwilioSms:
    """Texts through one Twilio account.

    Args:
        options: The account.
        pool: Connections, see `open_http`; closed by whoever opened it.
    """

    name = webhook.PROVIDER
    correlation = Correlation.URL

    def __init__(self, options: TwilioOptions, pool: httpx.AsyncClient) -> None:
        self._options = options
        self._rest = TwilioRest(options, pool)

    def verify(self, request: WebhookRequest) -> None:
        """Check signature and account; the error never says which of them is wrong."""
        tokens = [token.get_secret_value() for token in self._options.auth_tokens]
        if not is_signed(request, self._options.public_base_url, tokens):
            raise BadSignature("twilio: the request is not signed for this address")
        try:
            account = webhook.Form(request).optional("AccountSid")
        except MalformedWebhook:
            return  # Twilio's own, but no form: the parser says what is wrong with it.
        if account is not None and account != self._options.account_sid:
            raise BadSignature("twilio: the request is not signed for this address")

    def parse_inbound(self, request: WebhookRequest) -> tuple[InboundMessage, ...]:
        """Read the one text of a webhook."""
        return (webhook.parse_inbound(request),)

    def parse_status(self, request: WebhookRequest) -> tuple[DeliveryReport, ...]:
        """Read a status callback; empty for statuses that are no news."""
        return webhook.parse_status(request)

    def carrier_action(self, code: str, times: int = 1) -> CarrierAction:
        """Return what the error code of a delivery report demands (see `errors`)."""
        return carrier_action(code, times)

    async def send(self, text: OutboundText) -> SendOutcome:
        """Post the text once and say what is known about it."""
        try:
            answer = await self._rest.create(self._form(text))
        except ProviderUnavailable as error:
            if error.reached:
                return Ambiguous(problem=error.problem)
            return NotTried(retry_after_seconds=1.0, problem=error.problem)
        except ProviderMisconfigured:
            return Refused(code="address", action=CarrierAction.CONFIGURE)
        if not answer.ok:
            return resource.outcome_of_refusal(answer)
        created = resource.read_created(answer)
        if created is None:
            return Ambiguous(problem="the answer to the send cannot be read")
        return Accepted(provider_message_id=created.sid, segments=created.segments)

    async def find(
        self, text: OutboundText, since: datetime, taken: frozenset[str]
    ) -> Found | None:
        """Look for the text in the list between the two numbers.

        The sent date cannot be asked for: a queued text has none yet.
        """
        query = {"To": text.recipient, "From": text.sender, "PageSize": str(_PAGE_SIZE)}
        listed: list[resource.MessageResource] = []
        async for page in self._rest.pages("find", query):
            listed += page.messages
            # Newest first: when a whole page is older than the attempt, so is all that follows.
            if all(resource.is_before(message, since) for message in page.messages):
                break
        return resource.find_sent(tuple(listed), text, since, taken)

    async def list_inbound(self, recipient: str, since: datetime) -> tuple[InboundMessage, ...]:
        """List what Twilio has received for a number, oldest first."""
        day = since.astimezone(UTC).date().isoformat()
        query = {"To": recipient, "DateSent>": day, "PageSize": str(_SWEEP_PAGE_SIZE)}
        received = [
            message
            async for page in self._rest.pages("list_inbound", query)
            for message in page.messages
            if message.direction == "inbound" and not resource.is_before(message, since)
        ]
        return tuple(
            [
                resource.late_inbound(message, await self._rest.media(message))
                for message in reversed(received)
            ]
        )

    async def push_opt_out(self, phone: str, sender: str, at: datetime) -> None:
        """Report an opt-out to Twilio's consents; the same one twice is one."""
        await self._report(phone, sender, at, ("opt-out", "opt-out-message"))

    async def take_back_opt_out(self, phone: str, sender: str, at: datetime) -> None:
        """Report to Twilio's consents that there was no opt-out; the same one twice is one."""
        await self._report(phone, sender, at, ("opt-in", "others"))

    async def _report(self, phone: str, sender: str, at: datetime, what: tuple[str, str]) -> None:
        moment = at.astimezone(UTC).isoformat(timespec="seconds")
        scope = self._options.messaging_service_sid or sender
        item = {
            "contact_id": phone,
            "correlation_id": hashlib.sha256(
                f"{phone} {scope} {moment} {what[0]}".encode()
            ).hexdigest()[:32],
            "sender_id": scope,
            "status": what[0],
            "source": what[1],
            "date_of_consent": moment,
        }
        await self._rest.report_consent(item)

    async def check(self) -> str:
        """Ask for one message: that needs the very account and permission a send needs."""
        async for _ in self._rest.pages("check", {"PageSize": "1"}):
            break
        return f"Twilio account {self._options.account_sid} answers"

    def _form(self, text: OutboundText) -> dict[str, str]:
        form = {
            "To": text.recipient,
            "From": text.sender,
            "Body": text.body,
            "ValidityPeriod": str(min(max(text.valid_for_seconds, 1), 36_000)),
            "SmartEncoded": "true" if self._options.smart_encoded else "false",
        }
        if self._options.messaging_service_sid is not None:
            form["MessagingServiceSid"] = self._options.messaging_service_sid
        if text.status_callback is not None:
            form["StatusCallback"] = text.status_callback + _TRY_AGAIN
        return form
