"""What adapters ask and what vendors answer, and how long an answer asks to wait."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from pydantic import BaseModel, ConfigDict

TOTAL_SECONDS = 20.0
_RETRY_AFTER_DEFAULT = timedelta(seconds=1)
_RETRY_AFTER_LONGEST = timedelta(hours=1)


class HttpAnswer(BaseModel):
    """A complete answer of a vendor.

    Attributes:
        status: HTTP status.
        headers: Names in lower case.
        body: Raw bytes, content encoding undone, at most 5 MB.
    """

    model_config = ConfigDict(frozen=True)

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def ok(self) -> bool:
        """Whether the vendor did what was asked."""
        return 200 <= self.status < 300


class HttpRequest(BaseModel):
    """What to ask a vendor.

    Attributes:
        operation: Name for errors and logs ("send"); the URL is never logged, it holds numbers.
        method: HTTP method.
        url: Absolute URL.
        params: Query, appended to the URL.
        form: Form fields; a name with a list of values is repeated.
        content: Raw body, when it is not a form.
        headers: Further headers.
        basic_auth: User and password of Basic authentication.
        total_seconds: Limit from start to the last byte.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    operation: str
    method: str
    url: str
    params: Mapping[str, str] | None = None
    form: Mapping[str, str | list[str]] | None = None
    content: bytes | None = None
    headers: Mapping[str, str] = {}
    basic_auth: tuple[str, str] | None = None
    total_seconds: float = TOTAL_SECONDS


def retry_after(answer: HttpAnswer, now: datetime | None = None) -> timedelta:
    """Return how long a vendor asks to wait, between 0 s and 1 h; 1 s when it does not say.

    Args:
        answer: The refusal.
        now: What an HTTP date is compared with; the clock when None.

    Source: RFC 9110 section 10.2.3 (seconds or an HTTP date).
    """
    given = answer.headers.get("retry-after", "").strip()
    try:
        wait = timedelta(seconds=float(given))
    except (ValueError, OverflowError):
        wait = _until(given, now or datetime.now(UTC))
    return min(max(wait, timedelta(0)), _RETRY_AFTER_LONGEST)


def _until(http_date: str, now: datetime) -> timedelta:
    try:
        moment = parsedate_to_datetime(http_date)
    except ValueError:
        return _RETRY_AFTER_DEFAULT
    return moment.replace(tzinfo=moment.tzinfo or UTC) - now
