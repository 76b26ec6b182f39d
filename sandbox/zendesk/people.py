"""The operations on users."""

from typing import Any

from sandbox.zendesk.account import Account
from sandbox.zendesk.call import Answer, Call
from sandbox.zendesk.refusal import invalid

Json = dict[str, Any]


def create_or_update_user(account: Account, call: Call) -> Answer:
    """Match by external id or e-mail address, never by phone: a phone may be several users'."""
    given = call.body["user"]
    fits = {
        user["id"]
        for user in account.users.values()
        for key in ("external_id", "email")
        if given.get(key) and user.get(key) == given[key]
    }
    if len(fits) > 1:
        raise invalid("email", "Email: is already being used by another user", "DuplicateValue")
    if fits:
        user = account.users[fits.pop()]
        user |= _kept(given)
        return Answer(200, {"user": user})
    return Answer(201, {"user": add_user(account, _kept(given))})


def search_users(account: Account, call: Call) -> Answer:
    """Find by external id, or by a word in name, e-mail or phone."""
    rows = list(account.users.values())
    if "external_id" in call.query:
        rows = [row for row in rows if row["external_id"] == call.query["external_id"]]
    if "query" in call.query:
        word = call.query["query"].lower()
        fields = ("name", "email", "phone")
        rows = [r for r in rows if any(word in str(r[key] or "").lower() for key in fields)]
    return Answer(200, {"users": rows, "count": len(rows)})


def show_current_user(_account: Account, call: Call) -> Answer:
    """Return who asks; without credentials that is nobody, and still 200."""
    return Answer(200, {"user": call.user})


def add_user(account: Account, given: Json) -> Json:
    """Add a user, by default an end user."""
    plain = {"email": None, "phone": None, "external_id": None, "role": "end-user"}
    user = {**plain, **given, "id": account.new_id()}
    account.users[user["id"]] = user
    return user


def _kept(given: Json) -> Json:
    return {key: value for key, value in given.items() if not key.startswith("skip_")}
