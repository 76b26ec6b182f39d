"""The marketing platforms there are; the only place that knows them by name."""

from collections.abc import Callable, Mapping

import httpx

from providers.marketing.base import EventSink, OptOutSink, SegmentSource
from providers.marketing.klaviyo.adapter import Klaviyo
from providers.marketing.klaviyo.options import KlaviyoOptions
from providers.marketing.webhook.adapter import WebhookSink
from providers.marketing.webhook.options import WebhookOptions
from providers.options import pick_builder, read_options

Options = Mapping[str, object]


def _build_klaviyo(options: Options, pool: httpx.AsyncClient) -> Klaviyo:
    return Klaviyo(read_options(KlaviyoOptions, "marketing klaviyo", options), pool)


def _build_webhook(options: Options, pool: httpx.AsyncClient) -> WebhookSink:
    return WebhookSink(read_options(WebhookOptions, "marketing webhook", options), pool)


EVENT_SINKS: Mapping[str, Callable[[Options, httpx.AsyncClient], EventSink]] = {
    "klaviyo": _build_klaviyo,
    "webhook": _build_webhook,
}
SEGMENT_SOURCES: Mapping[str, Callable[[Options, httpx.AsyncClient], SegmentSource]] = {
    "klaviyo": _build_klaviyo
}
OPT_OUT_SINKS: Mapping[str, Callable[[Options, httpx.AsyncClient], OptOutSink]] = {
    "klaviyo": _build_klaviyo
}


def build_event_sink(name: str, options: Options, pool: httpx.AsyncClient) -> EventSink:
    """Return where events are delivered to.

    Args:
        name: Vendor, lower case.
        options: Its settings by name; secrets as their values.
        pool: Connections, see `open_http`; stays open as long as the adapter is used.

    Raises:
        ConfigurationError: There is no such vendor, or a setting is missing or wrong.
    """
    return pick_builder(EVENT_SINKS, "event sink", name)(options, pool)


def build_segment_source(name: str, options: Options, pool: httpx.AsyncClient) -> SegmentSource:
    """Return where segments are read; arguments and errors as `build_event_sink`."""
    return pick_builder(SEGMENT_SOURCES, "segment source", name)(options, pool)


def build_opt_out_sink(name: str, options: Options, pool: httpx.AsyncClient) -> OptOutSink:
    """Return who else hears of opt-outs; arguments and errors as `build_event_sink`."""
    return pick_builder(OPT_OUT_SINKS, "opt-out sink", name)(options, pool)
