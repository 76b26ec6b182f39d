"""What Twilio's error codes demand of us."""

from domain.outbox import CarrierAction

_ACTIONS: dict[CarrierAction, str] = {
    CarrierAction.RETRY: (
        # Too many calls at once, a full queue, or a handset, carrier or rate that recovers.
        "20429 21611 30001 30003 30008 30017 30022 63017 63018"
    ),
    CarrierAction.SUPPRESS: "21610",
    CarrierAction.UNREACHABLE: "21211 21612 21614 30005 30006",
    CarrierAction.LOOP: "14107",
    CarrierAction.CONFIGURE: (
        # Credentials, account, sender, region, callback address, registration or daily limit.
        "20003 20404 21212 21408 21603 21606 21609 21659 21701 21703 21704 21705 "
        "30002 30023 30027 30032 30033 30034 30035 63038"
    ),
    CarrierAction.FILTERED: "30007",
    # The carrier did not answer Twilio in time: the text may have arrived.
    CarrierAction.UNKNOWN_OUTCOME: "30410",
    CarrierAction.GIVE_UP: (
        "21602 21604 21617 21620 21623 30004 30019 30450 63003 63007 63013 63016 63024 63032"
    ),
}
_BY_CODE = {code: action for action, codes in _ACTIONS.items() for code in codes.split()}

# Another attempt is worth it once; after that the number or the carrier has answered.
_ONCE = frozenset({"30001", "30003", "30008", "30017"})


def carrier_action(code: str, times: int = 1) -> CarrierAction:
    """Return what an error code demands.

    Args:
        code: Twilio's code, of a refused send or of a status callback.
        times: How often this code has now come for this recipient, this one included.

    Returns:
        The action; `GIVE_UP` for a code we do not know: Twilio changes what codes mean.

    Source: Twilio's public list of error codes. 30004 (blocked by recipient or carrier) counts
    as an opt-out the second time.
    """
    if times > 1 and code == "30004":
        return CarrierAction.SUPPRESS
    if times > 1 and code in _ONCE:
        return CarrierAction.GIVE_UP
    return _BY_CODE.get(code, CarrierAction.GIVE_UP)


def is_known(code: str) -> bool:
    """Return whether the code is in our table."""
    return code in _BY_CODE
