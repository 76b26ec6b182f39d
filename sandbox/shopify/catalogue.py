"""Products and variants as GraphQL nodes."""

from sandbox.demo.model import DemoProduct, DemoShop, DemoVariant
from sandbox.shopify.connection import paged
from sandbox.shopify.gids import gid
from sandbox.shopify.scalar import instant, money
from sandbox.wire import Json


def product_node(shop: DemoShop, product: DemoProduct) -> Json:
    """Return a product; ``_variants`` are its variants, whose ``_stock`` may be changed."""
    tracked = [variant for variant in product.variants if variant.tracked]
    rows: list[Json] = []
    node: Json = {
        "__typename": "Product",
        "_product": product,
        "_variants": rows,
        "_updated": shop.at(product.updated_hours),
        "_created": shop.at(product.published_hours - 48),
        "id": gid("Product", product.id),
        "legacyResourceId": str(product.id),
        "handle": product.handle,
        "title": product.title,
        "description": product.description,
        "descriptionHtml": f"<p>{product.description}</p>",
        "vendor": shop.profile.name,
        "productType": product.type,
        "tags": list(product.tags),
        "status": product.status,
        "isGiftCard": product.type == "Gift Cards",
        "totalInventory": lambda: sum(
            sum(row["_stock"].values()) for row in rows if row["_variant"].tracked
        ),
        "tracksInventory": bool(tracked),
        "createdAt": instant(shop.at(product.published_hours - 48)),
        "updatedAt": instant(shop.at(product.updated_hours)),
        "category": _category(product),
        "options": [_option(product, place) for place in range(len(product.options))],
        "priceRangeV2": _price_range(product),
        "featuredMedia": _picture(shop, product),
        **_publication(shop, product),
    }
    rows += [_variant_node(shop, product, variant, node) for variant in product.variants]
    node["variants"] = paged(rows)
    return node


def _publication(shop: DemoShop, product: DemoProduct) -> Json:
    """Return where and since when customers see a product: nowhere while it is not published."""
    if not product.published or product.status != "ACTIVE":
        return {"onlineStoreUrl": None, "publishedAt": None}
    return {
        "onlineStoreUrl": f"https://{shop.profile.domain}/products/{product.handle}",
        "publishedAt": instant(shop.at(product.published_hours)),
    }


def _price_range(product: DemoProduct) -> Json:
    prices = [variant.price for variant in product.variants]
    return {"minVariantPrice": money(min(prices)), "maxVariantPrice": money(max(prices))}


def _variant_node(shop: DemoShop, product: DemoProduct, variant: DemoVariant, parent: Json) -> Json:
    stock = {shop.profile.warehouse: variant.warehouse, shop.profile.store: variant.store}
    always = variant.policy == "CONTINUE" or not variant.tracked
    return {
        "__typename": "ProductVariant",
        "_variant": variant,
        "_stock": stock,
        "id": gid("ProductVariant", variant.id),
        "legacyResourceId": str(variant.id),
        "title": variant.title,
        "displayName": f"{product.title} - {variant.title}",
        "sku": variant.sku,
        "barcode": None,
        "price": f"{variant.price:.2f}",
        "compareAtPrice": f"{variant.compare_at:.2f}" if variant.compare_at else None,
        "availableForSale": lambda: (
            product.status == "ACTIVE" and (always or sum(stock.values()) > 0)
        ),
        "inventoryQuantity": lambda: sum(stock.values()),
        "sellableOnlineQuantity": lambda: sum(stock.values()),
        "inventoryPolicy": variant.policy,
        "selectedOptions": [
            {"name": name, "value": value}
            for name, value in zip(product.options, variant.values, strict=True)
        ],
        "image": None,
        "product": parent,
        "inventoryItem": _inventory_item(variant, stock),
    }


def _inventory_item(variant: DemoVariant, stock: dict[str, int]) -> Json:
    levels = [
        {
            "id": gid("InventoryLevel", f"{number}?inventory_item_id={variant.id}"),
            "location": {"id": gid("Location", number), "name": name},
            "quantities": lambda names, name=name: [
                {"name": n, "quantity": stock[name] if n in ("available", "on_hand") else 0}
                for n in names
            ],
        }
        for number, name in enumerate(stock, start=1)
    ]
    return {
        "id": gid("InventoryItem", variant.id),
        "sku": variant.sku,
        "tracked": variant.tracked,
        "requiresShipping": variant.ships,
        "inventoryLevels": paged(levels if variant.tracked else []),
    }


def _category(product: DemoProduct) -> Json:
    name = product.category
    return {
        "id": gid("TaxonomyCategory", name.lower().replace(" > ", "-").replace(" ", "-")),
        "fullName": name,
        "name": name.rsplit(" > ", maxsplit=1)[-1],
    }


def _option(product: DemoProduct, place: int) -> Json:
    return {
        "id": gid("ProductOption", f"{product.id}{place}"),
        "name": product.options[place],
        "position": place + 1,
        "values": list(dict.fromkeys(variant.values[place] for variant in product.variants)),
    }


def _picture(shop: DemoShop, product: DemoProduct) -> Json:
    url = f"https://{shop.profile.domain}/cdn/shop/files/{product.handle}.jpg"
    return {
        "__typename": "MediaImage",
        "id": gid("MediaImage", product.id),
        "image": {"url": url, "altText": product.title},
    }
