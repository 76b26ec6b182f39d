"""Senders by their form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from domain.phone import E164, SenderKind, mask, parse_sender

PHONE, SHORT = SenderKind.MOBILE_OR_FIXED, SenderKind.SHORT_CODE
NAME, INVALID = SenderKind.ALPHANUMERIC, SenderKind.INVALID
E164_TYPE: TypeAdapter[str] = TypeAdapter(E164)


@pytest.mark.parametrize(
    ("raw", "kind", "sender"),
    [
        ("+13125550142", PHONE, "+13125550142"),
        (" +1 (312) 555-0142 ", PHONE, "+13125550142"),
        ("whatsapp:+13125550142", PHONE, "+13125550142"),
        ("RCS: +13125550142", PHONE, "+13125550142"),
        ("messenger:+13125550142", PHONE, "+13125550142"),
        ("22395", SHORT, "22395"),
        ("whatsapp:22395", SHORT, "22395"),
        ("123", SHORT, "123"),
        ("12345678", SHORT, "12345678"),
        ("12", INVALID, "12"),
        ("123456789", INVALID, "123456789"),
        ("13125550142", INVALID, "13125550142"),
        ("+22395", INVALID, "+22395"),
        ("+0312555014", INVALID, "+0312555014"),
        ("+1312555014212345", INVALID, "+1312555014212345"),
        ("+13125550142;ext=5", INVALID, "+13125550142;ext=5"),
        ("ACME Store", NAME, "ACME Store"),
        ("7-Eleven", NAME, "7-Eleven"),
        ("a name too long", INVALID, "a name too long"),
        ("messenger:1234567890123", INVALID, "1234567890123"),
        ("+١٣١٢٥٥٥٠١٤٢", INVALID, "+١٣١٢٥٥٥٠١٤٢"),
        ("", INVALID, ""),
        ("whatsapp:", INVALID, ""),
    ],
)
def test_parse_sender_form_decides_the_kind(raw: str, kind: SenderKind, sender: str) -> None:
    """A short code is never a phone number, and a prefix is never part of one."""
    assert (kind, sender) == parse_sender(raw)


@given(st.text(st.one_of(st.characters(), st.sampled_from("+0123456789:"))))
def test_parse_sender_any_text_gives_one_kind(raw: str) -> None:
    """Nothing raises, a phone number is E.164, and reading the result again changes nothing."""
    kind, sender = parse_sender(raw)
    assert kind is not PHONE or E164_TYPE.validate_python(sender) == sender
    assert ":" in sender or (kind, sender) == parse_sender(sender)


@pytest.mark.parametrize(
    "wrong",
    [
        "13125550142",
        "+0312555014",
        "+1",
        "+131255",
        "+1312555014212345",
        "+1312555014\n",
        "+１３１２５５５０１４２",
    ],
)
def test_e164_other_form_is_refused(wrong: str) -> None:
    """Past the gate a phone number has one form."""
    with pytest.raises(ValidationError):
        E164_TYPE.validate_python(wrong)


@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        ("+13125550142", "+1***0142"),
        ("+447700900123", "+44***0123"),
        ("+353201234567", "+35***4567"),
        ("22395", "***"),
        ("ACME", "***"),
        ("", "***"),
    ],
)
def test_mask_number_keeps_country_and_last_four(phone: str, masked: str) -> None:
    """A log reader can tell two numbers apart and call neither."""
    assert masked == mask(phone)


@given(st.from_regex(r"\A\+[1-9][0-9]{6,14}\Z"))
def test_mask_any_number_hides_digits(phone: str) -> None:
    """Some digits are always gone."""
    kept = mask(phone).replace("+", "").replace("*", "")
    assert len(kept) < len(phone) - 1
    assert phone not in mask(phone)
