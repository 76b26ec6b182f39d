"""The operator API: who may ask, and what is told about a message."""

import json

import pytest

from runtime.settings import Settings
from tests.api.rig import Api, open_api

MESSAGE = "/v1/inbound-messages/SM00000000000000000000000000000001"


@pytest.mark.parametrize("key", [None, "", "wrong", "operator-keyx", "ünicode"])
async def test_operator_api_refuses_whoever_has_not_the_key(api: Api, key: str | None) -> None:
    """401 says the same to everybody, whether or not the message exists."""
    await api.text()
    headers = [] if key is None else [(b"authorization", f"Bearer {key}".encode())]
    known = await api.http.get(MESSAGE, headers=headers)
    unknown = await api.http.get("/v1/inbound-messages/none", headers=headers)
    assert (known.status_code, unknown.status_code) == (401, 401)
    assert known.content == unknown.content
    assert known.headers["www-authenticate"] == "Bearer"


async def test_operator_api_is_closed_while_no_key_is_set(installation: Settings) -> None:
    """503 names the setting; no key never means every key."""
    async with open_api(installation.model_copy(update={"api_key": None})) as api:
        answers = [await api.look(MESSAGE, key) for key in (None, "", "None")]
    assert [answer.status_code for answer in answers] == [503, 503, 503]
    assert "API_KEY" in answers[0].json()["title"]


async def test_operator_api_tells_what_became_of_a_message(api: Api) -> None:
    """By the carrier's id: the verdict and its reason, before any conversation exists."""
    await api.text(Body="thanks!")
    found = (await api.look(MESSAGE)).json()
    assert (found["brand"], found["disposition"], found["label"]) == ("acme", "ignore", "thanks")
    assert (found["settled"], found["replies"], found["cost_micros"]) == (True, [], 0)
    assert found["reason"]


async def test_operator_api_finds_a_message_by_our_id_too(api: Api) -> None:
    """Logs name our id, the carrier's console names its own."""
    await api.text()
    by_theirs = (await api.look(MESSAGE)).json()
    by_ours = (await api.look(f"/v1/inbound-messages/{by_theirs['message_id']}")).json()
    assert by_ours == by_theirs
    assert by_theirs["settled"] is False


async def test_operator_api_does_not_know_a_message_that_never_came(api: Api) -> None:
    """404 is a problem document like any other error."""
    answer = await api.look("/v1/inbound-messages/none")
    assert (answer.status_code, answer.json()["status"]) == (404, 404)


async def test_openapi_document_describes_the_operator_api(api: Api) -> None:
    """Whoever integrates reads it at a fixed place; it tells no secret."""
    answer = await api.http.get("/v1/openapi.json")
    document = answer.json()
    assert answer.status_code == 200
    assert "/v1/inbound-messages/{message_id}" in document["paths"]
    assert "operator-key" not in json.dumps(document)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nowhere", 404),
        ("GET", "/webhooks/sms/twilio", 405),
        ("DELETE", "/v1/inbound-messages/x", 405),
        ("POST", "/webhooks/sms/twilio", 403),
        ("GET", "/docs", 404),
        ("GET", "/v1/inbound-messages/%00%ED%A0%BD", 401),
    ],
)
async def test_every_error_is_a_problem_document(
    api: Api, method: str, path: str, status: int
) -> None:
    """One shape (RFC 9457), whoever raised the error."""
    answer = await api.http.request(method, path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == status
    assert {"type", "title"} <= answer.json().keys()
    assert ("allow" in answer.headers) == (status == 405)


async def test_fault_of_our_own_is_a_problem_document_without_details(api: Api) -> None:
    """500 tells the caller nothing of what broke."""
    with api.runtime.database.write() as connection:
        connection.exec_driver_sql("UPDATE brand_settings SET settings = '{\"secret\": 1}'")
    answer = await api.text(MessageSid="SM" + "e" * 32)
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert "secret" not in answer.text
