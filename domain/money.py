"""What a conversation costs: segments and tokens times the brand's price table.

Amounts are integers in micro-units of a currency (1 USD = 1,000,000), because one segment costs
less than a cent and sums must agree to the cent.
"""

from typing import Self

from pydantic import Field, field_validator, model_validator

from domain.values import Value

MICROS_PER_UNIT = 1_000_000

# ISO 4217, list one: the currencies of countries, without funds and metals.
_CURRENCIES = frozenset(
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN "
    "BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL "
    "GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF "
    "KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN "
    "MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD "
    "SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH "
    "UGX USD UYU UZS VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG".split()
)


class PriceTable(Value):
    """What the brand pays, in micro-units of `currency`.

    Attributes:
        currency: ISO 4217.
        segment_out_micros: One outbound segment, carrier fee included.
        segment_in_micros: One inbound segment.
        input_token_micros_per_million: A million fresh prompt tokens.
        cached_token_micros_per_million: A million cached prompt tokens.
        output_token_micros_per_million: A million answer tokens.
    """

    currency: str = "USD"
    segment_out_micros: int = Field(default=11_800, ge=0)
    segment_in_micros: int = Field(default=8_300, ge=0)
    input_token_micros_per_million: int = Field(default=1_000_000, ge=0)
    cached_token_micros_per_million: int = Field(default=100_000, ge=0)
    output_token_micros_per_million: int = Field(default=5_000_000, ge=0)

    @field_validator("currency")
    @classmethod
    def _is_a_currency(cls, value: str) -> str:
        if value not in _CURRENCIES:
            msg = "is no ISO 4217 currency: write its three capital letters, as in USD"
            raise ValueError(msg)
        return value


class Usage(Value):
    """What was consumed.

    Attributes:
        segments_out: Outbound segments.
        segments_in: Inbound segments.
        input_tokens: Prompt tokens, cached ones included.
        cached_tokens: Of these, cached; never more.
        output_tokens: Answer tokens.
        model_calls: Paid calls.
    """

    segments_out: int = 0
    segments_in: int = 0
    input_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0
    model_calls: int = 0

    @model_validator(mode="after")
    def _cached_are_of_the_prompt(self) -> Self:
        if self.cached_tokens > self.input_tokens:
            msg = "cached_tokens are part of input_tokens and cannot be more"
            raise ValueError(msg)
        return self

    def __add__(self, other: "Usage") -> "Usage":
        """Return the sum, field by field."""
        return Usage(
            segments_out=self.segments_out + other.segments_out,
            segments_in=self.segments_in + other.segments_in,
            input_tokens=self.input_tokens + other.input_tokens,
            cached_tokens=self.cached_tokens + other.cached_tokens,
            output_tokens=self.output_tokens + other.output_tokens,
            model_calls=self.model_calls + other.model_calls,
        )


def cost_micros(usage: Usage, prices: PriceTable) -> int:
    """Return what the usage costs.

    Args:
        usage: Segments and tokens.
        prices: The brand's table.

    Returns:
        Micro-units of the table's currency, tokens rounded half up once at the end.
    """
    fresh = usage.input_tokens - usage.cached_tokens
    tokens = (
        fresh * prices.input_token_micros_per_million
        + usage.cached_tokens * prices.cached_token_micros_per_million
        + usage.output_tokens * prices.output_token_micros_per_million
    )
    segments = (
        usage.segments_out * prices.segment_out_micros
        + usage.segments_in * prices.segment_in_micros
    )
    return segments + (tokens + 500_000) // 1_000_000
