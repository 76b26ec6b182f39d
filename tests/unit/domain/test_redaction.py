"""Redaction: secrets go, and what only looks like one stays."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from domain.card_numbers import passes_luhn
from domain.redaction import (
    Redacted,
    RedactionKind,
    redact,
    redact_across,
    redact_sequence,
)

CARD, CODE, SSN = RedactionKind.CARD, RedactionKind.SECURITY_CODE, RedactionKind.SSN
PASSWORD, PIN, ONCE = RedactionKind.PASSWORD, RedactionKind.PIN, RedactionKind.ONE_TIME_CODE

CARD_TEXTS = [
    ("4242424242424242", "[card ending 4242]"),
    ("my card is 4242 4242 4242 4242 ok", "my card is [card ending 4242] ok"),
    ("4242-4242-4242-4242", "[card ending 4242]"),
    ("4242 - 4242 - 4242 - 4242", "[card ending 4242]"),
    ("4242.4242.4242.4242", "[card ending 4242]"),
    ("4242\u200b4242\u00a04242\u20114242", "[card ending 4242]"),
    ("4242\n4242\n4242\n4242", "[card ending 4242]"),
    ("4 2 4 2 4 2 4 2 4 2 4 2 4 2 4 2", "[card ending 4242]"),
    ("5555555555554444.", "[card ending 4444]."),
    ("2223003122003222", "[card ending 3222]"),
    ("3782 822463 10005", "[card ending 0005]"),
    ("3056 9309 0259 04", "[card ending 5904]"),
    ("6011111111111117", "[card ending 1117]"),
    ("3566002020360505", "[card ending 0505]"),
    ("4222222222222", "[card ending 2222]"),
    ("６０１１ 1111 1111 1117", "[card ending 1117]"),
    ("visa4242424242424242", "visa[card ending 4242]"),
    ("card #4242424242424242", "card #[card ending 4242]"),
    ("+4242 4242 4242 4242", "+[card ending 4242]"),
    ("order 1042 4242 4242 4242 4242", "order 1042 [card ending 4242]"),
    ("order #1042, card 5105 1051 0510 5100", "order #1042, card [card ending 5100]"),
    ("4242424242424242 and 5555555555554444", "[card ending 4242] and [card ending 4444]"),
    ("card number 4242 4242 4242 4243", "card number [card ending 4243]"),
    (
        "my store credit card number is 9998887776665558",
        "my store credit card number is [card ending 5558]",
    ),
]


@pytest.mark.parametrize(("text", "expected"), CARD_TEXTS)
def test_redact_card_number_keeps_the_last_four(text: str, expected: str) -> None:
    """However it is grouped, a card number is cut to its last four digits."""
    assert Redacted(text=expected, kinds=(CARD,)) == redact(text)


@pytest.mark.parametrize(
    ("text", "expected", "kinds"),
    [
        ("cvv 123", "cvv [security code]", (CODE,)),
        ("The CVC is: 1234.", "The CVC is: [security code].", (CODE,)),
        ("123 is my cvv", "[security code] is my cvv", (CODE,)),
        (
            "the security code on the back is 987",
            "the security code on the back is [security code]",
            (CODE,),
        ),
        ("order 1042 cvv 123", "order 1042 cvv [security code]", (CODE,)),
        (
            "4242 4242 4242 4242 exp 12/27 123",
            "[card ending 4242] exp 12/27 [security code]",
            (CARD, CODE),
        ),
        (
            "4242424242424242 12/2027 CVV:123",
            "[card ending 4242] 12/2027 CVV:[security code]",
            (CARD, CODE),
        ),
        ("123-45-6789", "[SSN]", (SSN,)),
        ("My SSN is 123 45 6789!", "My SSN is [SSN]!", (SSN,)),
        ("social security number 123456789", "social security number [SSN]", (SSN,)),
        ("last 4 of my social: 6789", "last 4 of my social: [SSN]", (SSN,)),
        ("ssn 2147 and order 1042", "ssn [SSN] and order 1042", (SSN,)),
        ("password: hunter2", "password: [password]", (PASSWORD,)),
        ("pw:sunshine ok", "pw:[password] ok", (PASSWORD,)),
        ("my password is Hunter2!", "my password is [password]", (PASSWORD,)),
        ("my password is sunshine", "my password is [password]", (PASSWORD,)),
        ('Password = "open sesame now" ok', "Password = [password] ok", (PASSWORD,)),
        ("password 658236", "password [password]", (PASSWORD,)),
        ("Mein Passwort ist geheim1", "Mein Passwort ist [password]", (PASSWORD,)),
        ("mi contraseña es gatito22", "mi contraseña es [password]", (PASSWORD,)),
        ("my pin is 1234", "my pin is [PIN]", (PIN,)),
        ("PIN: 998877", "PIN: [PIN]", (PIN,)),
        ("card pin 4821", "card pin [PIN]", (PIN,)),
        ("code is 123456", "code is [one-time code]", (ONCE,)),
        ("your verification code: 123-456", "your verification code: [one-time code]", (ONCE,)),
        ("G-123456 is your Google code", "[one-time code] is your Google code", (ONCE,)),
        ("otp 4952", "otp [one-time code]", (ONCE,)),
        ("Use 482913 to log in", "Use [one-time code] to log in", (ONCE,)),
        (
            "visa 4242 4242 4242 4242, pin is 1234, password: x1y2z3",
            "visa [card ending 4242], pin is [PIN], password: [password]",
            (CARD, PASSWORD, PIN),
        ),
    ],
)
def test_redact_named_secret_is_replaced(
    text: str, expected: str, kinds: tuple[RedactionKind, ...]
) -> None:
    """What its words call a secret is gone, and the words stay."""
    assert Redacted(text=expected, kinds=kinds) == redact(text)


@pytest.mark.parametrize(
    "text",
    [
        "Where is order #1042?",
        "Orders 1042, 1043 and 1044",
        "order 114-1234567-1234567",
        "invoice number 4242424242424242",
        "1Z999AA10123456784",
        "1Z 999 AA1 01 2345 6784",
        "1Z4242424242424242",
        "UPS 1Z 4242 4242 4242 4242",
        "9400100000000000000000",
        "9400 1000 0000 0000 0000 00",
        "9405 5112 0620 4567 8901 23",
        "420902109405511206204567890123",
        "70123456789012345678",
        "tracking number is 4532015112830366",
        "FedEx 789012345678901",
        "FedEx: 7712 3456 7890",
        "TBA424242424242",
        "IMEI 356938035643809",
        "+13125550142",
        "+4915112345678",
        "312-555-0142",
        "(312) 555-0142",
        "415-555-0142 415-555-0143 415-555-0144",
        "312 555 0142 or 312 555 0143",
        "$1,299.00",
        "49.99 59.99 39.99 19.99",
        "zip 60601-1234",
        "my zip code is 60601",
        "area code is 3125",
        "postal code: 12345",
        "discount code is 202020",
        "promo code: 123456",
        "20% off, code: 123456",
        "use code 202020 for 20% off",
        "gate code is 1234",
        "code SAVE20",
        "gift card 20",
        "sizes 32 34 36 38 40 42 44 46",
        "2026-11-22 10:15 2026-11-23 11:15",
        "1782345678901",
        "0000 0000 0000 0000",
        "my password is not working",
        "my password is wrong.",
        "my password is really hard to remember",
        "password reset email never came for order 1042",
        "password: https://shop.example/reset",
        "I forgot my password",
        "enamel pin 1042",
        "the pin is cute",
        "city is Springfield and pin is 789654",
        "what is a cvv?",
        "last 4 digits are 2341",
        "I saw your social media post 2024",
        "access number 0844 861 8585",
        "2 shirts, size 10, order 1042, zip 60601, call 312-555-0142",
        "",
        "🎉 ok",
    ],
)
def test_redact_innocent_number_is_left_alone(text: str) -> None:
    """Order, tracking and phone numbers, prices, ZIP codes and ordinary talk survive."""
    assert Redacted(text=text) == redact(text)


def _with_check_digit(digits: str) -> str:
    return next(digits + last for last in "0123456789" if passes_luhn(digits + last))


VISA = st.from_regex(r"\A4[0-9]{14}\Z").map(_with_check_digit)
SEPARATORS = st.sampled_from(["", " ", "-", " - ", "\u00a0", "\u2013", "\u200b", "\n"])
NOISE = st.lists(
    st.sampled_from(
        "card cvv 123 is my pin password : [ ] [SSN] [password] ssn 4242 4242424242424242 code "
        "123456 12/27 123-45-6789 “ \" ' + 1Z $ . - order # tracking [card ending 4242] social "
        "use verification hunter2 \ud83d é １２３４".split()
    ),
    max_size=25,
).flatmap(lambda words: st.sampled_from(["", " "]).map(lambda gap: gap.join(words)))


@given(VISA, SEPARATORS, st.sampled_from(["", "pay with ", "my card: ", "order 1042, "]))
def test_redact_any_card_in_fours_leaves_only_the_last_four(
    card: str, separator: str, before: str
) -> None:
    """Every valid number of an issuer is found, whatever divides its groups."""
    text = before + separator.join(card[start : start + 4] for start in range(0, 16, 4))
    assert redact(text).text == f"{before}[card ending {card[-4:]}]"


@given(st.one_of(st.text(), NOISE))
@example("[password]abc1 [password] password:password:1")
@example("4242424242424242 7023210039414604")
@example("password: zip-9 code is 123456")
def test_redact_twice_equals_once(text: str) -> None:
    """Redacting never raises, ends, and finds nothing in its own result."""
    once = redact(text)
    assert Redacted(text=once.text) == redact(once.text)
    assert (once.kinds == ()) == (once.text == text)


@given(st.from_regex(r"\A\+[1-9][0-9]{6,14}\Z"))
def test_redact_any_e164_number_survives(phone: str) -> None:
    """A phone number written with its plus sign is never taken for a card."""
    assert redact(f"call {phone} please").text == f"call {phone} please"


@given(st.from_regex(r"\A9[1-5][0-9]{20}\Z"), st.booleans())
def test_redact_any_postal_tracking_number_survives(number: str, spaced: bool) -> None:  # noqa: FBT001
    """Twenty-two digits of the post are no card, even where sixteen of them would pass."""
    fours = [number[start : start + 4] for start in range(0, 22, 4)]
    text = " ".join(fours) if spaced else number
    assert text == redact(text).text


@given(st.from_regex(r"\A[017][0-9]{12,18}\Z").filter(passes_luhn))
def test_redact_valid_check_digit_without_issuer_survives(number: str) -> None:
    """One tracking number in ten has a card's check digit; its first digits are no issuer's."""
    assert number == redact(f"it says {number}").text.removeprefix("it says ")


@given(
    st.lists(st.from_regex(r"\A[2-9][0-9]{2}-555-01[0-9]{2}\Z"), min_size=2, max_size=4),
    st.sampled_from(["-", " ", "."]),
)
def test_redact_phone_numbers_in_a_row_survive(phones: list[str], separator: str) -> None:
    """Digits grouped three, three and four are phones, whatever they add up to."""
    text = " ".join(phones).replace("-", separator)
    assert text == redact(text).text


@given(st.lists(st.from_regex(r"\A[2-6][0-9](\.[0-9]{2})?\Z"), min_size=4, max_size=10))
def test_redact_sizes_and_prices_in_a_row_survive(numbers: list[str]) -> None:
    """Digits in twos are sizes or prices, even beside the name of a card."""
    assert " ".join(numbers) == redact(" ".join(numbers)).text
    prices = " ".join(f"{number[:2]}.99" for number in numbers)
    assert f"visa was charged {prices}" == redact(f"visa was charged {prices}").text


@given(st.from_regex(r"\A[0-9]{1,12}\Z"))
def test_redact_any_short_number_survives(number: str) -> None:
    """Up to twelve digits alone are an order, a ZIP code, a phone or a price."""
    assert number == redact(number).text


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        pytest.param(
            ["4242 4242", "4242 4242 thanks"],
            ["[part of a card number]", "[card ending 4242] thanks"],
            id="in two",
        ),
        pytest.param(
            ["hi 4242 42", "42 4242 4242"],
            ["hi [part of a card number]", "[card ending 4242]"],
            id="within a group",
        ),
        pytest.param(
            ["4242", "4242", "4242", "4242"],
            [*["[part of a card number]"] * 3, "[card ending 4242]"],
            id="in four",
        ),
        pytest.param(
            ["4242 4242 4242 4242", "12/27 123"],
            ["[card ending 4242]", "12/27 [security code]"],
            id="the security code comes behind",
        ),
        pytest.param(
            ["5555 5555 4242 4242", "4242 4242 5555 5555", "5555 4444"],
            [
                "5555 5555 [part of a card number]",
                "[card ending 4242] [part of a card number]",
                "[card ending 4444]",
            ],
            id="two cards, one text with parts of both",
        ),
        pytest.param(["order 1042", "60601"], ["order 1042", "60601"], id="order and ZIP"),
        pytest.param(["312-555-0142", "1042"], ["312-555-0142", "1042"], id="phone and order"),
        pytest.param(["hello", "123"], ["hello", "123"], id="no card before"),
        pytest.param(["", ""], ["", ""], id="empty"),
    ],
)
def test_redact_sequence_card_over_messages_is_masked_in_each(
    texts: list[str], expected: list[str]
) -> None:
    """A card number split over messages is taken out of every one of them."""
    assert expected == [redacted.text for redacted in redact_sequence(texts)]


@given(VISA, st.integers(min_value=1, max_value=12))
def test_redact_across_any_cut_hides_the_second_part(card: str, cut: int) -> None:
    """Wherever one run of digits is cut in two, neither part stays."""
    redacted = redact_across(f"my card {card[:cut]}", card[cut:])
    assert Redacted(text=f"[card ending {card[-4:]}]", kinds=(CARD,)) == redacted


@given(st.one_of(st.text(), NOISE), st.one_of(st.text(), NOISE))
def test_redact_across_any_texts_never_raises(previous: str, current: str) -> None:
    """What one text alone would lose, it loses after another as well."""
    redacted = redact_across(previous, current)
    assert set(redact(current).kinds) <= set(redacted.kinds)
