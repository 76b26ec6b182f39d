"""The SMS providers there are; the only place that knows them by name."""

from collections.abc import Callable, Mapping

import httpx

from providers.options import pick_builder, read_options
from providers.sms.base import SmsProvider
from providers.sms.twilio.adapter import TwilioSms
from providers.sms.twilio.options import TwilioOptions

SmsBuilder = Callable[[Mapping[str, object], httpx.AsyncClient], SmsProvider]


def _build_twilio(options: Mapping[str, object], pool: httpx.AsyncClient) -> SmsProvider:
    return TwilioSms(read_options(TwilioOptions, "sms provider twilio", options), pool)


BUILDERS: Mapping[str, SmsBuilder] = {"twilio": _build_twilio}


def build_sms(name: str, options: Mapping[str, object], pool: httpx.AsyncClient) -> SmsProvider:
    """Return the adapter of a vendor.

    Args:
        name: Vendor, lower case.
        options: Its settings by name; secrets as their values.
        pool: Connections, see `open_http`; stays open as long as the adapter is used.

    Raises:
        ConfigurationError: There is no such vendor, or a setting is missing or wrong.
    """
    return pick_builder(BUILDERS, "sms provider", name)(options, pool)
