"""The helpdesks there are; the only place that knows them by name."""

from collections.abc import Callable, Mapping

import httpx

from providers.helpdesk.base import Helpdesk
from providers.helpdesk.generic.adapter import GenericHelpdesk
from providers.helpdesk.generic.options import GenericHelpdeskOptions
from providers.helpdesk.gorgias.adapter import GorgiasHelpdesk
from providers.helpdesk.gorgias.options import GorgiasOptions
from providers.helpdesk.zendesk.adapter import ZendeskHelpdesk
from providers.helpdesk.zendesk.options import ZendeskOptions
from providers.options import pick_builder, read_options

HelpdeskBuilder = Callable[[Mapping[str, object], httpx.AsyncClient], Helpdesk]


def _build_generic(options: Mapping[str, object], pool: httpx.AsyncClient) -> Helpdesk:
    return GenericHelpdesk(read_options(GenericHelpdeskOptions, "helpdesk generic", options), pool)


def _build_gorgias(options: Mapping[str, object], pool: httpx.AsyncClient) -> Helpdesk:
    return GorgiasHelpdesk(read_options(GorgiasOptions, "helpdesk gorgias", options), pool)


def _build_zendesk(options: Mapping[str, object], pool: httpx.AsyncClient) -> Helpdesk:
    return ZendeskHelpdesk(read_options(ZendeskOptions, "helpdesk zendesk", options), pool)


BUILDERS: Mapping[str, HelpdeskBuilder] = {
    "generic": _build_generic,
    "gorgias": _build_gorgias,
    "zendesk": _build_zendesk,
}


def build_helpdesk(name: str, options: Mapping[str, object], pool: httpx.AsyncClient) -> Helpdesk:
    """Return the adapter of a vendor.

    Args:
        name: Vendor, lower case.
        options: Its settings by name; secrets as their values.
        pool: Connections, see `open_http`; stays open as long as the adapter is used.

    Raises:
        ConfigurationError: There is no such vendor, or a setting is missing or wrong.
    """
    return pick_builder(BUILDERS, "helpdesk", name)(options, pool)
