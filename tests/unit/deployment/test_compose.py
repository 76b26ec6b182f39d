"""`docker-compose.yml` starts what exists, with variables that are read."""

import re
import stat
from importlib.util import find_spec
from typing import Any

import pytest

from runtime.cli.main import build_parser
from runtime.settings import Settings
from tests.unit.deployment.files import (
    DATABASE_PASSWORDS,
    OURS,
    ROOT,
    example,
    interpolated,
    one_shots,
    read,
    references,
    services,
)

FIELDS = {name.upper() for name in Settings.model_fields}
# What an installation with real customers cannot do without.
REQUIRED = {
    "API_HOST", "API_KEY", "DATABASE_URL", "MODEL_API_KEY", "MODEL_NAME", "PAYLOAD_KEYS",
    "PUBLIC_BASE_URL", "SANDBOX", "TEMPORAL_ADDRESS", "TEMPORAL_NAMESPACE", "TWILIO_ACCOUNT_SID",
    "TWILIO_AUTH_TOKEN",
}  # fmt: skip
EXACT = re.compile(r"^[a-z/-]+:\d+\.\d+(\.\d+)?(-[a-z0-9.]+)?$")


def _mounts() -> list[tuple[str, str]]:
    return [
        (name, volume.split(":")[0])
        for name, service in services().items()
        for volume in service.get("volumes", [])
        if volume.startswith("./")
    ]


@pytest.mark.parametrize("name", sorted(services()))
def test_services_are_watched_or_end(name: str) -> None:
    """Each service says whether it works, or is waited for to end well."""
    service = services()[name]

    assert ("healthcheck" in service) != (name in one_shots())
    assert service["restart"] == ("no" if name in one_shots() else "unless-stopped")


@pytest.mark.parametrize("name", sorted(services()))
def test_services_wait_for_what_can_be_waited_for(name: str) -> None:
    """Nobody waits for the health of a service that does not tell it."""
    for other, wait in services()[name].get("depends_on", {}).items():
        ends = wait["condition"] == "service_completed_successfully"
        assert ends or "healthcheck" in services()[other]


@pytest.mark.parametrize("name", sorted(set(services()) - set(OURS)))
def test_foreign_images_are_pinned_to_a_release(name: str) -> None:
    """What runs tomorrow is what was chosen today; the deprecated all-in-one image is not used."""
    image = services()[name]["image"]

    assert EXACT.match(image), image
    assert "auto-setup" not in image


def test_temporal_tools_have_the_version_of_their_server() -> None:
    """The schema that is set up is the one that the server expects."""
    versions = {
        service["image"].partition(":")[2]
        for service in services().values()
        if service["image"].startswith(("temporalio/server", "temporalio/admin-tools"))
    }

    assert len(versions) == 1


@pytest.mark.parametrize("name", OURS)
def test_our_services_are_given_what_they_read(name: str) -> None:
    """Every variable is one that the product reads, and none that it needs is missing."""
    given = services()[name]["environment"]
    own = {key for key in given if key not in DATABASE_PASSWORDS}

    assert own <= FIELDS | references()
    assert own >= REQUIRED
    assert services()[name]["env_file"] == ".env"


@pytest.mark.parametrize("name", OURS)
def test_our_services_do_not_know_the_databases_passwords(name: str) -> None:
    """The file of variables holds them too; a leak here must not open Temporal's store."""
    given = services()[name]["environment"]

    assert all(given[password] == "" for password in DATABASE_PASSWORDS)


@pytest.mark.parametrize("name", OURS)
def test_our_services_have_no_rights_they_do_not_need(name: str) -> None:
    """Not root, nothing writable but a scratch folder, no capability."""
    service = services()[name]

    assert service["user"].split(":")[0] not in ("0", "root")
    assert service["read_only"] is True
    assert service["tmpfs"] == ["/tmp"]  # noqa: S108  (theirs, in the container)
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]


def test_variables_of_the_compose_file_stand_in_the_example() -> None:
    """Whoever copies the example finds every name that docker compose asks for."""
    assert interpolated() <= set(example())


def test_secrets_have_no_default() -> None:
    """A password that everybody knows is worse than a start that fails."""
    optional = set(re.findall(r"\$\{([A-Z_]+):-", read("docker-compose.yml")))

    assert optional == {"API_PORT", "TEMPORAL_NAMESPACE", "TEMPORAL_PORT", "TEMPORAL_UI_PORT"}


def test_only_the_api_is_open_to_other_machines() -> None:
    """Temporal and its UI show customers' texts and have no login: loopback only."""
    ports = {n: s["ports"] for n, s in services().items() if "ports" in s}

    assert ports.pop("api") == ["${API_PORT:-8000}:8000"]
    assert all(p.startswith("127.0.0.1:") for published in ports.values() for p in published)
    assert "postgres" not in ports


def test_mounted_files_exist_and_are_read_only() -> None:
    """Docker would make an empty folder out of a missing file, and the service would fail."""
    assert _mounts()
    for name, path in _mounts():
        assert (ROOT / path).exists(), (name, path)
    assert all(
        volume.endswith(":ro")
        for service in services().values()
        for volume in service.get("volumes", [])
        if volume.startswith("./")
    )


def test_dynamic_configuration_is_where_the_server_looks() -> None:
    """The server does not start without it."""
    temporal = services()["temporal"]
    source, target, _mode = temporal["volumes"][0].split(":")

    assert target == temporal["environment"]["DYNAMIC_CONFIG_FILE_PATH"]
    assert (ROOT / source).is_file()


def test_scripts_of_the_one_shots_exist_and_can_be_run() -> None:
    """PostgreSQL's image runs only files that are executable."""
    for name in ("temporal-schema", "temporal-namespace"):
        script = services()[name]["entrypoint"][1]
        assert (ROOT / script.replace("/scripts", "docker/temporal")).is_file()
    assert (ROOT / "docker/postgres/databases.sh").stat().st_mode & stat.S_IXUSR


def test_commands_of_our_services_exist() -> None:
    """A container does not end with "no module named"."""
    commands: dict[str, list[str]] = {name: services()[name]["command"] for name in OURS}
    entry = read("pyproject.toml")

    assert commands["migrate"][0] == "sms-agent"
    assert 'sms-agent = "runtime.cli.main:main"' in entry
    build_parser(None).parse_args(commands["migrate"][1:])
    for name in ("api", "worker"):
        assert commands[name][:2] == ["python", "-m"]
        assert find_spec(commands[name][2]) is not None


def test_temporal_ui_and_codec_endpoint_know_each_other() -> None:
    """Payloads are opened for one page only: the UI's, at the address an operator types."""
    page = services()["api"]["environment"]["TEMPORAL_UI_URL"]
    codec = services()["temporal-ui"]["environment"]["TEMPORAL_CODEC_ENDPOINT"]

    assert f"{page.removeprefix('http://')}:8080" in services()["temporal-ui"]["ports"]
    assert codec.endswith("/codec")
    assert codec.removeprefix("http://127.0.0.1:").split("/")[0] in services()["api"]["ports"][0]


def test_the_worker_asks_temporal_where_it_is_sent() -> None:
    """Server and product agree on address and namespace."""
    given: dict[str, Any] = services()["worker"]["environment"]
    made = services()["temporal-namespace"]["environment"]

    assert given["TEMPORAL_ADDRESS"] == made["TEMPORAL_ADDRESS"]
    assert given["TEMPORAL_NAMESPACE"] == made["TEMPORAL_NAMESPACE"]
