"""What Gorgias answers, as far as it is read."""

from collections.abc import Mapping

from pydantic import Field

from domain.values import ForeignValue


class GorgiasCustomer(ForeignValue):
    """A customer."""

    id: int


class GorgiasTicket(ForeignValue):
    """A ticket; `meta` is what we gave it."""

    id: int
    status: str
    customer: GorgiasCustomer | None = None
    meta: Mapping[str, object] | None = None

    def fact(self, name: str) -> str | None:
        """Return a text from `meta`, None when a human took it out."""
        value = (self.meta or {}).get(name)
        return value if isinstance(value, str) else None


class GorgiasMessage(ForeignValue):
    """A message; `external_id` is ours when we wrote it."""

    external_id: str | None = None


class GorgiasIntegration(ForeignValue):
    """An integration."""

    id: int
    name: str


class _Meta(ForeignValue):
    next_cursor: str | None = None


class CustomerPage(ForeignValue):
    """A page of customers."""

    data: tuple[GorgiasCustomer, ...]


class TicketPage(ForeignValue):
    """A page of tickets."""

    data: tuple[GorgiasTicket, ...]


class MessagePage(ForeignValue):
    """A page of messages."""

    data: tuple[GorgiasMessage, ...]
    meta: _Meta = Field(default_factory=_Meta)


class IntegrationPage(ForeignValue):
    """A page of integrations."""

    data: tuple[GorgiasIntegration, ...]
    meta: _Meta = Field(default_factory=_Meta)


class GorgiasAccount(ForeignValue):
    """The account."""

    domain: str = ""
