"""Token counts by length, and a prefix cache that remembers blocks of earlier prompts."""

import hashlib
from collections import OrderedDict

_CHARACTERS_PER_TOKEN = 4
_BLOCK_TOKENS = 128
_CACHED_FROM_TOKENS = 1024
_BLOCKS_KEPT = 20_000


def count_tokens(text: str) -> int:
    """Return about how many tokens a text is: a quarter of its characters, rounded up."""
    return -(-len(text) // _CHARACTERS_PER_TOKEN)


class PrefixCache:
    """Which prompt prefixes were seen, per model and cache key, in blocks of 128 tokens.

    Like the vendor's: nothing below 1,024 tokens is cached, and the count is a multiple of 128.
    """

    def __init__(self) -> None:
        self._blocks: OrderedDict[bytes, None] = OrderedDict()

    def cached_tokens(self, owner: str, prompt: str) -> int:
        """Return the tokens of the longest prefix seen before, and remember this prompt."""
        size = _BLOCK_TOKENS * _CHARACTERS_PER_TOKEN
        chain = hashlib.blake2b(owner.encode(), digest_size=16).digest()
        hits, unbroken = 0, True
        for start in range(0, len(prompt) - size + 1, size):
            block = prompt[start : start + size].encode("utf-8", "surrogatepass")
            chain = hashlib.blake2b(block, key=chain, digest_size=16).digest()
            unbroken = unbroken and chain in self._blocks
            hits += unbroken
            self._blocks[chain] = None
            self._blocks.move_to_end(chain)
        while len(self._blocks) > _BLOCKS_KEPT:
            self._blocks.popitem(last=False)
        tokens = hits * _BLOCK_TOKENS
        return tokens if tokens >= _CACHED_FROM_TOKENS else 0
