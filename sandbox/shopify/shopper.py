"""Customers and addresses as GraphQL nodes."""

from sandbox.demo.model import DemoCustomer, DemoShop
from sandbox.demo.order import DemoAddress
from sandbox.shopify.gids import gid
from sandbox.shopify.scalar import instant
from sandbox.wire import Json


def customer_node(shop: DemoShop, customer: DemoCustomer) -> Json:
    """Return a customer; the world adds ``orders``, ``numberOfOrders`` and ``amountSpent``."""
    name = f"{customer.first_name} {customer.last_name}"
    created = instant(shop.at(customer.created_hours))
    address = address_node(
        customer.address,
        gid("MailingAddress", f"{customer.id}?model_name=CustomerAddress"),
        (customer.first_name, customer.last_name),
    )
    return {
        "__typename": "Customer",
        "_customer": customer,
        "_created": shop.at(customer.created_hours),
        "id": gid("Customer", customer.id),
        "legacyResourceId": str(customer.id),
        "displayName": name,
        "firstName": customer.first_name,
        "lastName": customer.last_name,
        "email": customer.email,
        "phone": customer.phone,
        "locale": customer.locale,
        "state": "ENABLED",
        "note": None,
        "tags": list(customer.tags),
        "verifiedEmail": True,
        "createdAt": created,
        "updatedAt": created,
        "defaultEmailAddress": {
            "emailAddress": customer.email,
            "marketingState": customer.email_consent,
        },
        "defaultPhoneNumber": _phone(customer, created),
        "defaultAddress": address,
        "addresses": lambda **_: [address],
    }


def address_node(address: DemoAddress, identity: str, name: tuple[str, str]) -> Json:
    """Return a MailingAddress; ``name`` is used where the address has none of its own."""
    first, last = address.first_name or name[0], address.last_name or name[1]
    lines = [
        address.address1,
        *([address.address2] if address.address2 else []),
        f"{address.city} {address.province} {address.zip}",
        "United States",
    ]
    return {
        "__typename": "MailingAddress",
        "id": identity,
        "firstName": first,
        "lastName": last,
        "name": f"{first} {last}",
        "company": None,
        "address1": address.address1,
        "address2": address.address2,
        "city": address.city,
        "province": address.province,
        "provinceCode": address.province,
        "zip": address.zip,
        "country": "United States",
        "countryCodeV2": "US",
        "phone": address.phone,
        "formatted": lambda withName=False, **_: (  # noqa: N803 - GraphQL's own argument name
            [f"{first} {last}", *lines] if withName else lines
        ),
    }


def _phone(customer: DemoCustomer, created: str | None) -> Json | None:
    if customer.phone is None:
        return None
    asked = customer.sms_consent != "NOT_SUBSCRIBED"
    return {
        "phoneNumber": customer.phone,
        "smsMarketingConsent": {
            "state": customer.sms_consent,
            "optInLevel": "SINGLE_OPT_IN",
            "updatedAt": created if asked else None,
            "collectedFrom": "OTHER" if asked else None,
        },
    }
