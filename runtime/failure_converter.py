"""What is kept of a failure: its type and its places, no source line and no foreign words.

An error that nobody foresaw may quote what it choked on, a validation error for one, and a stack
trace quotes our source. Both would stay in a history, or in a log, as long as that is kept.
"""

from temporalio.api.failure.v1 import Failure
from temporalio.converter import DefaultFailureConverter, PayloadConverter
from temporalio.exceptions import ApplicationError, FailureError

from runtime.plain_words import FRAMES, is_ours, places_of


class PlainFailures(DefaultFailureConverter):
    """Tells failures by their type and the places they came through, innermost last."""

    sealed = False

    def to_failure(
        self, exception: BaseException, payload_converter: PayloadConverter, failure: Failure
    ) -> None:
        """Write a failure, and what caused it, by way of the SDK."""
        known = isinstance(exception, FailureError) and exception.failure is not None
        places = places_of(exception.__traceback__)
        super().to_failure(_in_our_words(exception, places), payload_converter, failure)
        if not known:  # what came from the server was written by this class
            failure.stack_trace = "\n".join(places[-FRAMES:])
        if self.sealed:
            said = {"message": failure.message, "stack_trace": failure.stack_trace}
            failure.encoded_attributes.CopyFrom(payload_converter.to_payloads([said])[0])
            failure.message, failure.stack_trace = "Encoded failure", ""


class SealedFailures(PlainFailures):
    """The same where payloads are sealed: message and places travel as a payload."""

    sealed = True


def _in_our_words(exception: BaseException, places: list[str]) -> BaseException:
    if is_ours(exception) or _is_refusal(exception, places):
        return exception
    where = f" at {places[-1]}" if places else ""
    told = ApplicationError(f"unforeseen{where}", type=type(exception).__name__)
    told.__cause__ = exception.__cause__
    told.__context__ = exception.__context__
    told.__suppress_context__ = exception.__suppress_context__
    return told


def _is_refusal(exception: BaseException, places: list[str]) -> bool:
    """Return whether a workflow refuses an operator's request: its sentence is for the operator."""
    return type(exception) is ValueError and bool(places) and places[-1].startswith("workflows.")
