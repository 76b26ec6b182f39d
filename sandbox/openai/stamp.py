"""What an answer carries beside its words: ids, time and token counts."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Stamp:
    """Ids come from ``key``, a hash of the request; ``created`` is a Unix time in seconds."""

    key: str
    created: int
    input_tokens: int
    cached_tokens: int
    output_tokens: int

    @property
    def written_tokens(self) -> int:
        """Return the tokens newly written to the cache: whole blocks from 1,024 tokens on."""
        whole = self.input_tokens // 128 * 128
        return max(whole - self.cached_tokens, 0) if whole >= 1024 else 0

    def call_id(self, index: int) -> str:
        """Return the id of the answer's n-th call, the same for the same request."""
        return f"call_{self.key[:20]}{index:02d}"
