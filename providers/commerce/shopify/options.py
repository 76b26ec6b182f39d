"""Where a brand's Shopify shop is and how we are let in."""

from typing import Self

from pydantic import Field, SecretStr, model_validator

from domain.values import Value


class ShopifyOptions(Value):
    """One shop.

    Attributes:
        shop: What stands before ".myshopify.com".
        base_url: Address of the shop, ``{shop}`` replaced; without a slash at the end.
        client_id: Of the brand's Dev Dashboard app, for tokens that live 24 hours.
        client_secret: The app's secret.
        access_token: Fixed token of a legacy custom app, instead of the two.
    """

    shop: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,99}$")
    base_url: str = "https://{shop}.myshopify.com"
    client_id: str = ""
    client_secret: SecretStr = SecretStr("")
    access_token: SecretStr | None = None

    @model_validator(mode="after")
    def _can_log_in(self) -> Self:
        if self.access_token is None and not (self.client_id and self.client_secret):
            msg = "give client_id and client_secret of the app, or its access_token"
            raise ValueError(msg)
        return self

    def url(self, path: str) -> str:
        """Return the address of a path of this shop."""
        return self.base_url.replace("{shop}", self.shop).rstrip("/") + path
