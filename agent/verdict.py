"""The model's classification in the gate's own terms."""

from agent.classification import Classification, ClassLabel
from domain.gate.model import ModelKind, ModelVerdict

_KINDS = {
    ClassLabel.OPT_OUT: ModelKind.OPT_OUT,
    ClassLabel.NOISE: ModelKind.NOISE,
    ClassLabel.SPAM: ModelKind.SPAM,
}


def verdict_of(found: Classification) -> ModelVerdict:
    """Return what the gate merges into its decision; what it has no word for is a question."""
    return ModelVerdict(
        kind=_KINDS.get(found.label, ModelKind.QUESTION),
        scope=found.scope.value,
        confidence=found.confidence,
    )
