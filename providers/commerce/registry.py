"""The shops we speak to, by vendor: the only place that knows their adapters."""

from collections.abc import Callable, Mapping
from datetime import datetime

import httpx
from pydantic import ValidationError

from domain.errors import ConfigurationError
from providers.commerce.base import Shop
from providers.commerce.shopify.options import ShopifyOptions
from providers.commerce.shopify.shop import ShopifyShop
from providers.http_client import HttpClient

Clock = Callable[[], datetime]
Builder = Callable[[Mapping[str, object], httpx.AsyncClient, Clock], Shop]


def _shopify(options: Mapping[str, object], pool: httpx.AsyncClient, now: Clock) -> Shop:
    read = ShopifyOptions.model_validate(options)
    return ShopifyShop(read, HttpClient("shopify", pool), now)


BUILDERS: Mapping[str, Builder] = {"shopify": _shopify}


def build_shop(
    vendor: str, options: Mapping[str, object], pool: httpx.AsyncClient, now: Clock
) -> Shop:
    """Return the adapter of a vendor's shop.

    Args:
        vendor: Name in `BUILDERS`.
        options: The vendor's options; for Shopify the fields of `ShopifyOptions`.
        pool: Connections, see `providers.http_client.open_http`.
        now: Clock, aware UTC.

    Raises:
        ConfigurationError: Unknown vendor, or options that are missing or wrong; names them,
            never their values.
    """
    builder = BUILDERS.get(vendor)
    if builder is None:
        known = ", ".join(sorted(BUILDERS))
        raise ConfigurationError(f"shop provider {vendor!r} is unknown; choose one of: {known}")
    try:
        return builder(options, pool, now)
    except ValidationError as error:
        raise ConfigurationError(f"shop provider {vendor}: {_faults(error)}") from None


def _faults(error: ValidationError) -> str:
    return "; ".join(
        f"{'.'.join(map(str, fault['loc'])) or 'options'}: {fault['msg']}"
        for fault in error.errors(include_input=False, include_url=False)
    )
