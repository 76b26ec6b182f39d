"""The adapters that a brand's settings name, built once per set of options."""

from collections.abc import Mapping
from datetime import UTC, datetime

import httpx

from domain.brand import BrandSettings
from domain.brand_accounts import HelpdeskSettings, is_secret_name
from domain.errors import ConfigurationError
from providers.commerce.base import Shop
from providers.commerce.registry import build_shop
from providers.helpdesk.base import Helpdesk
from providers.helpdesk.registry import build_helpdesk
from providers.llm.base import LanguageModel
from providers.llm.registry import build_model
from providers.marketing.base import EventSink, OptOutSink, SegmentSource
from providers.marketing.registry import (
    build_event_sink,
    build_opt_out_sink,
    build_segment_source,
)
from providers.sms.base import SmsProvider
from providers.sms.registry import build_sms
from runtime.environment import resolve
from runtime.settings import Settings


def present() -> datetime:
    """Return the present, aware UTC."""
    return datetime.now(UTC)


class BrandAdapters:
    """Implements `activities.ports.Adapters`.

    Args:
        settings: The installation's settings.
        http: Connection pool of all vendors.
    """

    def __init__(self, settings: Settings, http: httpx.AsyncClient) -> None:
        self._settings = settings
        self._http = http
        self._sms: dict[str, SmsProvider] = {}
        self._shops: dict[str, Shop] = {}
        self._helpdesks: dict[str, Helpdesk] = {}
        self._sinks: dict[str, tuple[EventSink, ...]] = {}
        self._models: dict[str, LanguageModel] = {}

    def sms(self, provider: str) -> SmsProvider:
        """Return the carrier's adapter."""
        if provider not in self._sms:
            options = _twilio(self._settings) if provider == "twilio" else {}
            self._sms[provider] = build_sms(provider, options, self._http)
        return self._sms[provider]

    def shop(self, settings: BrandSettings) -> Shop | None:
        """Return the shop, None when the brand has none."""
        if settings.shop is None:
            return None
        key = settings.shop.model_dump_json()
        if key not in self._shops:
            options = {
                "shop": settings.shop.shop,
                "client_id": resolve(settings.shop.client_id).get_secret_value(),
                "client_secret": resolve(settings.shop.client_secret),
                **_given(base_url=self._settings.shopify_base_url),
            }
            self._shops[key] = build_shop(settings.shop.provider, options, self._http, present)
        return self._shops[key]

    def helpdesk(self, settings: BrandSettings) -> Helpdesk | None:
        """Return the helpdesk, None when the brand has none."""
        if settings.helpdesk is None:
            return None
        key = settings.helpdesk.model_dump_json()
        if key not in self._helpdesks:
            options = _helpdesk_options(settings.helpdesk)
            built = build_helpdesk(settings.helpdesk.provider, options, self._http)
            self._helpdesks[key] = built
        return self._helpdesks[key]

    def event_sinks(self, settings: BrandSettings) -> tuple[EventSink, ...]:
        """Return who hears of the brand's events."""
        marketing = settings.marketing
        key = marketing.model_dump_json()
        if key not in self._sinks:
            sinks = []
            if marketing.webhook is not None:
                options: dict[str, object] = {
                    "url": resolve(marketing.webhook.url).get_secret_value(),
                    "secret": resolve(marketing.webhook.secret),
                }
                sinks.append(build_event_sink("webhook", options, self._http))
            klaviyo = self._klaviyo(settings)
            if klaviyo is not None:
                sinks.append(build_event_sink("klaviyo", klaviyo, self._http))
            self._sinks[key] = tuple(sinks)
        return self._sinks[key]

    def opt_out_sinks(self, settings: BrandSettings) -> tuple[OptOutSink, ...]:
        """Return the marketing platforms that hear of opt-outs."""
        options = self._klaviyo(settings)
        return () if options is None else (build_opt_out_sink("klaviyo", options, self._http),)

    def segment_source(self, settings: BrandSettings) -> SegmentSource | None:
        """Return where the brand keeps segments outside of here, None when it does not."""
        options = self._klaviyo(settings)
        return None if options is None else build_segment_source("klaviyo", options, self._http)

    def _klaviyo(self, settings: BrandSettings) -> dict[str, object] | None:
        account = settings.marketing.klaviyo
        if account is None:
            return None
        return {
            "api_key": resolve(account.api_key),
            **_given(base_url=self._settings.klaviyo_base_url),
        }

    def model(self, settings: BrandSettings) -> tuple[LanguageModel, str]:
        """Return the model's adapter and the vendor's name for the model."""
        name = settings.model.name or self._settings.model_name
        if name is None:
            msg = "MODEL_NAME is not set: name the model, or set model.name in the brand's settings"
            raise ConfigurationError(msg)
        adapter = settings.model.adapter or self._settings.model_adapter
        if adapter not in self._models:
            if self._settings.model_api_key is None:
                raise ConfigurationError("MODEL_API_KEY is not set: the model needs a key")
            options = {
                "api_key": self._settings.model_api_key,
                "timeout_seconds": self._settings.model_timeout_seconds,
                **_given(base_url=self._settings.model_base_url),
            }
            self._models[adapter] = build_model(adapter, options, present, self._http)
        return self._models[adapter], name

    def status_callback(self, provider: str, outbox_id: str) -> str:
        """Return the URL that brings news about a text back to its row."""
        return f"{self._settings.public_url}/webhooks/sms/{provider}/status?o={outbox_id}"


def _helpdesk_options(helpdesk: HelpdeskSettings) -> dict[str, object]:
    if helpdesk.provider == "generic":
        return {
            "url": resolve(helpdesk.url).get_secret_value(),
            "secret": resolve(helpdesk.secret),
        }
    return {
        name: resolve(value) if is_secret_name(name) else _plain(value)
        for name, value in helpdesk.account.items()
    }


def _plain(value: str) -> str:
    return resolve(value).get_secret_value() if value.startswith("env:") else value


def _twilio(settings: Settings) -> Mapping[str, object]:
    tokens = settings.twilio_auth_token
    if settings.twilio_account_sid is None or tokens is None:
        msg = "TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN are not set: both are needed to send"
        raise ConfigurationError(msg)
    return {
        "account_sid": settings.twilio_account_sid,
        "auth_tokens": tuple(t.strip() for t in tokens.get_secret_value().split(",") if t.strip()),
        "public_base_url": settings.public_url,
        **_given(
            api_key=settings.twilio_api_key,
            api_secret=settings.twilio_api_secret,
            messaging_service_sid=settings.twilio_messaging_service_sid,
            base_url=settings.twilio_base_url,
            accounts_base_url=settings.twilio_accounts_base_url,
        ),
    }


def _given(**options: object) -> dict[str, object]:
    return {name: value for name, value in options.items() if value is not None}
