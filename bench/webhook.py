"""`python -m bench.webhook`: how soon a text is committed and acknowledged, Temporal up or down."""

import argparse
from collections import Counter

from bench.acks import Acks, Load, measure_acks
from bench.report import heading, milliseconds, percentile, ratio, table
from bench.stack import Stack, new_stack
from bench.stack_settings import free_ports

_WARM_UP = Load(rate=20, count=20)


def main() -> None:
    """Measure the floor, then the webhook with Temporal down, then up; print a table."""
    given = _parse()
    load = Load(rate=given.rate, count=int(given.rate * given.seconds))
    phases = [_floor(load), _down(load), _up(load)]
    others = max(p.cpu.share_of_others for p in phases if p.cpu)
    command = f"python -m bench.webhook --rate {given.rate:g} --seconds {given.seconds:g}"
    print(heading("Webhook acknowledged, row committed", command, others))
    print(format_acks(phases))


def format_acks(phases: list[Acks]) -> str:
    """Return the table; the first phase is the floor that ratios refer to."""
    floor = percentile(phases[0].seconds, 0.5)
    rows = []
    for phase in phases:
        answered = len(phase.seconds) - len(phase.refused)
        cpu = phase.cpu
        server = cpu.by_process.get("api", cpu.by_process.get("floor", 0.0)) if cpu else 0.0
        rows.append(
            [
                phase.name, len(phase.seconds), _statuses(phase.refused),
                phase.committed if phase.counts_rows else "none", milliseconds(phase.seconds, 0.5),
                milliseconds(phase.seconds, 0.99), milliseconds(phase.seconds, 1.0),
                ratio(percentile(phase.seconds, 0.5), floor),
                f"{server * 1000 / max(1, answered):.1f}",
                f"{cpu.share_of_others:.0%}" if cpu else "none",
            ]
        )  # fmt: skip
    head = [
        "phase", "texts", "not 200", "committed at 200", "p50 ms", "p99 ms", "max ms",
        "p50 to floor", "server CPU ms/text", "others",
    ]  # fmt: skip
    return table(head, rows)


def _statuses(refused: list[int]) -> str:
    counted = Counter(refused)
    return ", ".join(f"{n} × {status}" for status, n in sorted(counted.items())) or "0"


def _floor(load: Load) -> Acks:
    with new_stack(burst_window=1.0) as stack:
        port = free_ports(1)[0]
        stack.start_floor(port)
        measure_acks(stack, "warm-up", _WARM_UP, port, rows=False)
        return measure_acks(stack, "floor: signature only", load, port, rows=False)


def _down(load: Load) -> Acks:
    with new_stack(burst_window=1.0) as stack:
        stack.start_api()
        return _measure(stack, "Temporal down", load)


def _up(load: Load) -> Acks:
    """Everything runs, and every text is answered meanwhile."""
    with new_stack(burst_window=1.0) as stack:
        stack.start_temporal()
        stack.start_sandbox()
        stack.start_worker()
        stack.start_api()
        return _measure(stack, "Temporal up, all texts answered", load)


def _measure(stack: Stack, name: str, load: Load) -> Acks:
    measure_acks(stack, "warm-up", _WARM_UP, stack.settings.api_port, rows=True)
    return measure_acks(stack, name, load, stack.settings.api_port, rows=True)


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.webhook", description=__doc__)
    parser.add_argument("--rate", type=float, default=50, help="texts per second")
    parser.add_argument("--seconds", type=float, default=10)
    return parser.parse_args()


if __name__ == "__main__":
    main()
