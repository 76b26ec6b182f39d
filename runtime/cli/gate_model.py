"""The gate's second layer on the command line: the model settles what rules left in doubt."""

import asyncio

from agent.classification import parse_classification
from agent.prompt import build_classification_request
from agent.verdict import verdict_of
from domain.brand import BrandSettings
from domain.errors import ModelOutputError, ProviderError
from domain.gate.decision import Decision
from domain.gate.model import decide_after_model, decide_without_model
from providers.http_client import open_http
from runtime.adapters import BrandAdapters
from runtime.cli.environment import service_environment
from runtime.settings import load_settings


class Settler:
    """Asks the brand's model.

    Args:
        brand: Whose settings and model.
    """

    def __init__(self, brand: BrandSettings) -> None:
        self._brand = brand
        self._settings = service_environment(load_settings())

    def settle(self, entry: dict[str, object], decision: Decision) -> Decision:
        """Return the decision with the model's word, or without it when it cannot be reached.

        Raises:
            ConfigurationError: No model is configured.
        """
        return asyncio.run(self._settle(entry, decision))

    async def _settle(self, entry: dict[str, object], decision: Decision) -> Decision:
        async with open_http() as http:
            model, name = BrandAdapters(self._settings, http).model(self._brand)
            context = entry.get("ctx")
            request = build_classification_request(
                str(entry["text"]), str(context) if context else None, self._brand, name, "gate"
            )
            try:
                found = parse_classification(await model.complete(request))
            except (ProviderError, ModelOutputError):
                return decide_without_model(decision)
        return decide_after_model(decision, verdict_of(found), self._brand.gate)
