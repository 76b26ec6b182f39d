"""What every test run says at its end."""

import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say aloud when the laws of the store were not checked on PostgreSQL."""
    skipped = [
        report
        for report in terminalreporter.stats.get("skipped", ())
        if "postgres" in report.keywords
    ]
    if skipped:
        terminalreporter.section("PostgreSQL")
        reasons = {str(report.longrepr[2]) for report in skipped}
        for reason in sorted(reasons):
            terminalreporter.line(f"{len(skipped)} tests did not run. {reason}", yellow=True)
