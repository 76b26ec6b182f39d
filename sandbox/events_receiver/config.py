"""What the brand's endpoint knows."""

from pydantic import BaseModel, ConfigDict


class EventsReceiverConfig(BaseModel):
    """One endpoint; ``secret`` is shared with whoever posts to it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    # The base64 part reads "sandbox-events-secret"; it opens nothing but this emulator.
    secret: str = "whsec_c2FuZGJveC1ldmVudHMtc2VjcmV0"  # noqa: S105 - see above
