"""Products and the shop as Shopify answers them, and what they mean in the product's words."""

from decimal import Decimal

from domain.catalog import Product, Variant
from providers.commerce.shopify.node import Node
from providers.commerce.shopify.search import plain_text


class _VariantNode(Node):
    id: str
    title: str
    sku: str | None = None
    price: Decimal
    available_for_sale: bool

    def to_variant(self) -> Variant:
        return Variant(
            id=self.id,
            title=self.title,
            sku=self.sku or None,
            price=self.price,
            available=self.available_for_sale,
        )


class _Variants(Node):
    nodes: tuple[_VariantNode, ...]


class _Currency(Node):
    currency_code: str


class _PriceRange(Node):
    min_variant_price: _Currency


class ProductNode(Node):
    """A product, published or not."""

    id: str
    title: str
    description: str = ""
    product_type: str = ""
    tags: tuple[str, ...] = ()
    status: str
    online_store_url: str | None = None
    price_range_v2: _PriceRange
    variants: _Variants

    def to_product(self) -> Product | None:
        """Return it in the product's words, None when customers cannot buy it online."""
        if self.status != "ACTIVE" or not self.online_store_url or not self.variants.nodes:
            return None
        return Product(
            id=self.id,
            title=self.title,
            description=plain_text(self.description),
            product_type=self.product_type,
            tags=self.tags,
            url=self.online_store_url,
            currency=self.price_range_v2.min_variant_price.currency_code,
            variants=tuple(variant.to_variant() for variant in self.variants.nodes),
        )


class _Products(Node):
    nodes: tuple[ProductNode, ...]


class ProductsSearch(Node):
    """Products the search found."""

    products: _Products


class _ShopNode(Node):
    name: str
    myshopify_domain: str


class _Installation(Node):
    class _Scope(Node):
        handle: str

    access_scopes: tuple[_Scope, ...]


class ShopAndScopes(Node):
    """The shop and what our app may do in it."""

    shop: _ShopNode
    current_app_installation: _Installation
