"""What one emulated shop grants, knows and refuses."""

from pydantic import BaseModel, ConfigDict

API_VERSION = "2026-10"
TOKEN_SECONDS = 86_399
MINIMAL_SCOPES = (
    "read_customers",
    "read_orders",
    "write_orders",
    "read_merchant_managed_fulfillment_orders",
    "read_third_party_fulfillment_orders",
    "read_returns",
    "write_returns",
    "read_products",
    "read_inventory",
    "read_locations",
    "read_legal_policies",
    "read_content",
    "read_metaobjects",
)


class ShopifyConfig(BaseModel):
    """The app as the shop installed it.

    Orders older than 60 days are invisible unless ``read_all_orders`` is among the scopes.
    ``foreign_shops`` exist but belong to another organisation; ``static_tokens`` are the lasting
    tokens of a legacy custom app. A cancellation is done ``cancel_seconds`` after it was asked.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    client_id: str = "demo-client"
    client_secret: str = "demo-secret"  # noqa: S105 - the emulator's own, it guards nothing
    static_tokens: tuple[str, ...] = ()
    granted_scopes: tuple[str, ...] = MINIMAL_SCOPES
    foreign_shops: tuple[str, ...] = ()
    bucket_points: float = 2000.0
    restore_points_per_second: float = 100.0
    protected_data_approved: bool = True
    cancel_seconds: float = 1.0
