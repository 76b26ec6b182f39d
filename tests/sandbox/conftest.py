"""Emulated accounts, one per test."""

import pytest

from tests.sandbox.receiver import TwilioAccount


@pytest.fixture
async def twilio() -> TwilioAccount:
    """An account whose callbacks come without delay."""
    account = TwilioAccount.open()
    await account.control("settings", callback_delay_seconds=0)
    return account
