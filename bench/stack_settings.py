"""What the product under test is told: free ports, its own folder, the emulated vendors."""

import contextlib
import socket
from pathlib import Path

import yaml

from bench.numbers import BRAND_NUMBER
from runtime.environment import process_environment
from runtime.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
OPERATOR_KEY = "bench-operator-key"
TWILIO_TOKEN = "sandbox-auth-token"  # noqa: S105 - opens nothing but the emulator
_PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR")


def free_ports(count: int) -> list[int]:
    """Return ports of loopback that were free a moment ago, all different."""
    with contextlib.ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [int(each.getsockname()[1]) for each in sockets]


def stack_settings(folder: Path) -> tuple[Settings, int]:
    """Return settings of a stack in this folder, and the port of its Temporal metrics."""
    api, console, sandbox, temporal, ui, metrics = free_ports(6)
    ours: dict[str, object] = {
        "api_port": api, "console_port": console, "sandbox_port": sandbox,
        "temporal_port": temporal, "temporal_ui_port": ui, "data_dir": folder,
        "database_url": f"sqlite:///{folder / 'agent.db'}", "api_key": OPERATOR_KEY,
    }  # fmt: skip
    # Every field is given, so that no key or address of this shell or of `.env` gets in.
    fields = {name: field.default for name, field in Settings.model_fields.items()} | ours
    url = f"http://127.0.0.1:{sandbox}"
    vendors: dict[str, object] = {
        "twilio_account_sid": "AC" + "0" * 31 + "1",
        "twilio_auth_token": TWILIO_TOKEN,
        "twilio_base_url": f"{url}/twilio",
        "twilio_accounts_base_url": f"{url}/twilio",
        "shopify_base_url": f"{url}/shopify/{{shop}}",
        "model_api_key": "sk-sandbox",
        "model_name": "rules",
        "model_base_url": f"{url}/openai/v1",
    }
    return Settings.model_validate(fields | vendors), metrics


def stack_environment(settings: Settings) -> dict[str, str]:
    """Return the variables every process of a stack is given, and none beside them."""
    shell = process_environment()
    found = {name: shell[name] for name in _PASSED_ON if name in shell}
    for name, value in settings.model_dump(exclude_defaults=True).items():
        plain = value.get_secret_value() if hasattr(value, "get_secret_value") else value
        found[name.upper()] = str(plain)
    return found | {
        "PYTHONPATH": str(ROOT),
        "SHOPIFY_CLIENT_ID": "demo-client",
        "SHOPIFY_CLIENT_SECRET": "demo-secret",
        "HELPDESK_URL": f"{settings.sandbox_url}/helpdesk/tickets-webhook",
        "HELPDESK_SECRET": "whsec_c2FuZGJveC1oZWxwZGVzay1zZWNyZXQ=",
    }


def write_brand_file(folder: Path, burst_window: float) -> Path:
    """Write the demo brand, with this burst window in seconds, and return the file."""
    demo = ROOT / "sandbox" / "demo" / "brand.yaml"
    brand = yaml.safe_load(demo.read_text(encoding="utf-8"))
    brand["knowledge"] = str(demo.with_name("knowledge.json"))
    brand["timers"] = {"burst_window_seconds": burst_window}
    assert brand["senders"][0]["number"] == BRAND_NUMBER
    path = folder / "brand.yaml"
    path.write_text(yaml.safe_dump(brand, sort_keys=False), encoding="utf-8")
    return path
