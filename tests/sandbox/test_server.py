"""The whole sandbox over real sockets: mounts, faults on the wire, and a clean stop."""

import re
from collections.abc import Iterator

import httpx
import pytest

from sandbox.server import SandboxConfig, create_sandbox
from sandbox.serving import serve
from tests.sandbox.receiver import OURS, PHONE, Receiver

CONFIG = SandboxConfig.for_api("http://127.0.0.1:1")
MESSAGES = f"/twilio/2010-04-01/Accounts/{CONFIG.twilio.account_sid}/Messages.json"
AUTH = (CONFIG.twilio.account_sid, CONFIG.twilio.auth_token)
FORM = {"To": PHONE, "From": OURS, "Body": "On its way."}


@pytest.fixture
def client() -> Iterator[httpx.Client]:
    """A client of a served sandbox whose webhooks end at a receiver."""
    app = create_sandbox(CONFIG, Receiver().client())
    with (
        serve(app) as base_url,
        httpx.Client(base_url=base_url, auth=AUTH, trust_env=False) as opened,
    ):
        yield opened


@pytest.mark.parametrize(
    "path",
    [
        "/healthz",
        "/phone",
        MESSAGES,
        "/twilio/_control/settings",
        "/twilio/_control/requests",
        "/helpdesk/_control/tickets",
        "/helpdesk/_control/requests",
        "/gorgias/_control/tickets",
        "/gorgias/_control/requests",
        "/zendesk/_control/tickets",
        "/zendesk/_control/requests",
        "/shopify/_control/requests",
        "/openai/_control/requests",
    ],
)
def test_sandbox_answers_under_each_mount(client: httpx.Client, path: str) -> None:
    """Every emulator, its controls and the page are where they are said to be."""
    assert client.get(path).status_code == 200


def test_helpdesks_answer_under_their_mounts(client: httpx.Client) -> None:
    """The vendors' own paths begin below the mount, with the demo accounts' credentials."""
    desk, zendesk = CONFIG.gorgias, CONFIG.zendesk
    gorgias = client.get("/gorgias/api/account", auth=(desk.email, desk.api_key))
    token = (f"{zendesk.email}/token", zendesk.api_token)
    me = client.get("/zendesk/api/v2/users/me.json", auth=token)
    assert (gorgias.status_code, me.json()["user"]["role"]) == (200, "admin")


def test_lost_answer_breaks_the_connection_and_leaves_the_message_listed(
    client: httpx.Client,
) -> None:
    """A client sees its connection die; Twilio has the message all the same."""
    client.post("/twilio/_control/faults", json={"kind": "lost_answer", "method": "POST"})
    with pytest.raises(httpx.RemoteProtocolError):
        client.post(MESSAGES, data=FORM)
    listed = client.get(MESSAGES, params={"To": PHONE, "From": OURS}).json()["messages"]
    assert [row["body"] for row in listed] == ["On its way."]


def test_media_address_leads_back_to_the_mounted_emulator(client: httpx.Client) -> None:
    """The media address in a webhook holds the path of the mount."""
    text = {"from": PHONE, "to": OURS, "media": [{"content": "aGVsbG8="}]}
    client.post("/twilio/_control/inbound", json=text)
    rows = client.get("/twilio/_control/webhooks").json()["webhooks"]
    assert client.get(rows[0]["params"]["MediaUrl0"]).content == b"hello"


def test_control_from_a_foreign_page_is_refused(client: httpx.Client) -> None:
    """A body that a web page could post without asking is not a control request."""
    refused = client.post(
        "/twilio/_control/inbound",
        content='{"from": "+13125550142", "to": "+13125550199"}',
        headers={"content-type": "text/plain"},
    )
    assert refused.status_code == 415
    assert client.get(f"/twilio/_control/phone/{PHONE}").json()["messages"] == []


def test_phone_page_runs_only_its_own_script(client: httpx.Client) -> None:
    """The page is one file, and texts can never become markup or script in it."""
    page = client.get("/phone")
    assert "script-src 'sha256-" in page.headers["content-security-policy"]
    assert re.search(r"innerHTML|insertAdjacentHTML|document\.write|src=|href=", page.text) is None


def test_served_app_stops_with_its_block() -> None:
    """Nothing listens any more once the block is left."""
    with serve(create_sandbox(CONFIG)) as base_url:
        assert httpx.get(f"{base_url}/healthz", trust_env=False).status_code == 200
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{base_url}/healthz", trust_env=False)


def test_served_app_that_fails_in_the_block_is_stopped_too() -> None:
    """An error inside the block is passed on and leaves no server behind."""
    with pytest.raises(ValueError, match="ours"), serve(create_sandbox(CONFIG)) as base_url:
        raise ValueError("ours")
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{base_url}/healthz", trust_env=False)
