"""Twilio's default opt-out handling: single-word keywords, the block list, its own answers."""

from typing import Literal

from sandbox.twilio.account import Account, SmsMessage

Keyword = Literal["STOP", "START", "HELP"]

_WORDS: dict[Keyword, frozenset[str]] = {
    "STOP": frozenset(
        {"STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"}
    ),
    "START": frozenset({"START", "YES", "UNSTOP"}),
    "HELP": frozenset({"HELP", "INFO"}),
}
_ANSWERS: dict[Keyword, str] = {
    "STOP": "You have successfully been unsubscribed. You will not receive any more messages "
    "from this number. Reply START to resubscribe.",
    "START": "You have successfully been re-subscribed to messages from this number. "
    "Reply HELP for help. Reply STOP to unsubscribe. Msg&Data Rates May Apply.",
    "HELP": "Reply STOP to unsubscribe. Msg&Data Rates May Apply.",
}


def parse_keyword(body: str) -> Keyword | None:
    """Return the keyword a body is; only the whole single word counts ("STOP PLEASE" does not)."""
    word = body.strip().upper()
    return next((keyword for keyword, words in _WORDS.items() if word in words), None)


def handle_keyword(account: Account, message: SmsMessage, keyword: Keyword) -> None:
    """Change the block list as the keyword says and answer the phone in Twilio's name.

    A repeated STOP, a START or YES of somebody not blocked, and HELP of somebody blocked are not
    answered.
    """
    pair = (message.to, message.sender)
    blocked = pair in account.blocked
    if keyword == "STOP":
        account.blocked.add(pair)
    elif keyword == "START":
        account.blocked.discard(pair)
    if blocked == (keyword == "START"):
        answer = account.add(
            direction="outbound-reply",
            sender=message.to,
            to=message.sender,
            body=_ANSWERS[keyword],
        )
        account.show(answer, "provider")
