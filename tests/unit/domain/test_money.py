"""What a conversation costs, to the micro-unit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from domain.money import MICROS_PER_UNIT, PriceTable, Usage, cost_micros

COUNTS = st.integers(0, 10**9)
USAGES = st.builds(
    lambda out, into, fresh, cached, answer, calls: Usage(
        segments_out=out,
        segments_in=into,
        input_tokens=fresh + cached,
        cached_tokens=cached,
        output_tokens=answer,
        model_calls=calls,
    ),
    *[COUNTS] * 6,
)


@pytest.mark.parametrize(
    ("usage", "expected"),
    [
        pytest.param(Usage(), 0, id="nothing costs nothing"),
        pytest.param(Usage(segments_out=1), 11_800, id="a segment out"),
        pytest.param(Usage(segments_in=1), 8_300, id="a segment in"),
        pytest.param(Usage(input_tokens=1_000_000), 1_000_000, id="a million fresh tokens"),
        pytest.param(
            Usage(input_tokens=1_000_000, cached_tokens=1_000_000), 100_000, id="all cached"
        ),
        pytest.param(Usage(output_tokens=1_000), 5_000, id="a thousand answer tokens"),
        pytest.param(Usage(model_calls=9), 0, id="calls are counted, tokens are paid"),
        pytest.param(
            Usage(
                segments_out=2,
                segments_in=1,
                input_tokens=2_000,
                cached_tokens=1_500,
                output_tokens=80,
            ),
            2 * 11_800 + 8_300 + 500 + 150 + 400,
            id="one whole turn",
        ),
    ],
)
def test_cost_micros_is_the_sum_of_its_parts(usage: Usage, expected: int) -> None:
    """Each part at its own price, nothing twice."""
    assert cost_micros(usage, PriceTable()) == expected


def test_usage_more_cached_than_prompt_tokens_is_refused() -> None:
    """Fresh tokens would be fewer than none, and a conversation would earn money."""
    with pytest.raises(ValidationError, match="part of input_tokens"):
        Usage(input_tokens=4, cached_tokens=5)


@pytest.mark.parametrize(("tokens", "expected"), [(1, 0), (4, 0), (5, 1), (14, 1), (15, 2)])
def test_cost_micros_rounds_tokens_half_up_once(tokens: int, expected: int) -> None:
    """A tenth of a micro-unit per cached token: halves are rounded up, at the end."""
    usage = Usage(input_tokens=tokens, cached_tokens=tokens)

    assert cost_micros(usage, PriceTable()) == expected


@given(USAGES, USAGES)
def test_cost_micros_of_a_sum_is_the_sum_but_for_one_rounding(one: Usage, other: Usage) -> None:
    """A report over conversations agrees with the conversations."""
    prices = PriceTable()
    apart = cost_micros(one, prices) + cost_micros(other, prices)

    assert abs(cost_micros(one + other, prices) - apart) <= 1
    assert isinstance(cost_micros(one, prices), int)


@given(USAGES, USAGES, USAGES)
def test_usage_addition_is_a_sum_field_by_field(a: Usage, b: Usage, c: Usage) -> None:
    """Order and grouping do not matter, nothing added changes nothing."""
    assert (a + b) + c == a + (b + c)
    assert a + b == b + a
    assert a + Usage() == a
    assert {f: getattr(a + b, f) for f in Usage.model_fields} == {
        f: getattr(a, f) + getattr(b, f) for f in Usage.model_fields
    }


@given(USAGES)
def test_cost_micros_free_prices_cost_nothing(usage: Usage) -> None:
    """There is no hidden price in the code."""
    free = PriceTable(
        segment_out_micros=0,
        segment_in_micros=0,
        input_token_micros_per_million=0,
        cached_token_micros_per_million=0,
        output_token_micros_per_million=0,
    )

    assert cost_micros(usage, free) == 0


def test_default_prices_stand_below_a_cent_and_a_half_per_segment() -> None:
    """The unit is the micro-unit: a price typed in cents would be off by ten thousand."""
    prices = PriceTable()

    assert 0 < prices.segment_in_micros < prices.segment_out_micros < 0.015 * MICROS_PER_UNIT
