"""Every error the product raises, drawn as one tree and ordered by who must act.

AgentError
├─ ConfigurationError            at start-up only; names the setting and the remedy
├─ InboundRejected               the sender's fault: HTTP 4xx, no retry
│  ├─ BadSignature               403, says nothing else
│  ├─ MalformedWebhook           400, names the field
│  └─ UnknownNumber              404, reveals nothing
├─ StoreUnavailable              nothing was committed: HTTP 503, the provider retries
├─ RuleBroken                    our bug or a race: never retried
│  └─ IllegalTransition          names both states
├─ ProviderError                 carries provider and operation
│  ├─ ProviderUnavailable        time-out, 5xx, connection lost: retried with backoff
│  ├─ ProviderThrottled          carries retry_after: retried after that long
│  ├─ ProviderRejected           4xx for this request, carries the code: not retried
│  └─ ProviderMisconfigured      401, 403, missing scope: not retried, alerts the owner
└─ ModelOutputError              the model's answer does not parse: asked again, then escalated

Errors carry ids, never message bodies or full phone numbers.
"""

from datetime import timedelta


class AgentError(Exception):
    """Root of the tree."""


class ConfigurationError(AgentError):
    """A setting is missing or wrong; the sentence names it and the remedy."""


class InboundRejected(AgentError):
    """A webhook request that cannot be accepted and must not be retried."""


class BadSignature(InboundRejected):
    """The request is not signed by the provider, or not for the URL it reached."""


class MalformedWebhook(InboundRejected):
    """A signed request whose content cannot be read.

    Args:
        field: The parameter or header at fault.
        problem: What is wrong with it and what was expected.
    """

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(f"{field}: {problem}")
        self.field = field
        self.problem = problem


class UnknownNumber(InboundRejected):
    """The number texted belongs to no brand of this installation."""


class StoreUnavailable(AgentError):
    """The database could not commit; nothing was written."""


class RuleBroken(AgentError):
    """Something happened that the rules exclude."""


class IllegalTransition(RuleBroken):
    """A state machine was asked for a step it does not have.

    Args:
        machine: Name of the machine.
        state: State it is in.
        target: State it was asked to enter.
    """

    def __init__(self, machine: str, state: str, target: str) -> None:
        super().__init__(f"{machine}: {state} cannot become {target}")
        self.machine = machine
        self.state = state
        self.target = target


class ProviderError(AgentError):
    """A call to the outside failed.

    Args:
        provider: Vendor, lower case ("twilio").
        operation: What was tried ("send").
        problem: Sentence without bodies or numbers.
    """

    def __init__(self, provider: str, operation: str, problem: str) -> None:
        super().__init__(f"{provider} {operation}: {problem}")
        self.provider = provider
        self.operation = operation
        self.problem = problem


class ProviderUnavailable(ProviderError):
    """Time-out, 5xx or a broken connection.

    Args:
        provider: Vendor.
        operation: What was tried.
        problem: Sentence.
        reached: False only when it is certain that the vendor never saw the request.
    """

    def __init__(
        self, provider: str, operation: str, problem: str, *, reached: bool = True
    ) -> None:
        super().__init__(provider, operation, problem)
        self.reached = reached


class ProviderThrottled(ProviderError):
    """The vendor asks for patience; the request was not processed.

    Args:
        provider: Vendor.
        operation: What was tried.
        retry_after: How long the vendor asks to wait.
    """

    def __init__(self, provider: str, operation: str, retry_after: timedelta) -> None:
        super().__init__(provider, operation, f"throttled for {retry_after.total_seconds():.1f} s")
        self.retry_after = retry_after


class ProviderRejected(ProviderError):
    """The vendor refused this very request; repeating it changes nothing.

    Args:
        provider: Vendor.
        operation: What was tried.
        code: The vendor's own code, as text.
        problem: Sentence.
    """

    def __init__(self, provider: str, operation: str, code: str, problem: str) -> None:
        super().__init__(provider, operation, f"{code} {problem}")
        self.code = code


class ProviderMisconfigured(ProviderError):
    """Credentials or permissions are wrong; an operator has to act."""


class ModelOutputError(AgentError):
    """The model's answer does not have the agreed shape; the sentence says how."""
