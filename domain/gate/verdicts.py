"""Shorthands that write decisions, so that each step reads as its rule."""

from domain.gate.decision import Decision, Disposition, Doubt, FixedText, Label, Layer


def ignored(label: Label, rule: str, reason: str, score: float = 0.97) -> Decision:
    """Return silence with its reason."""
    return Decision(
        disposition=Disposition.IGNORE,
        label=label,
        reason=reason,
        layer=Layer.RULE,
        score=score,
        rule=rule,
    )


def to_human(
    label: Label,
    rule: str,
    reason: str,
    *,
    urgent: bool = False,
    fixed_text: FixedText | None = None,
) -> Decision:
    """Return a handoff without an answer of the agent."""
    return Decision(
        disposition=Disposition.HELPDESK,
        label=label,
        reason=reason,
        layer=Layer.RULE,
        score=0.97,
        rule=rule,
        urgent=urgent,
        fixed_text=fixed_text,
    )


def answered(
    label: Label,
    rule: str,
    reason: str,
    *,
    doubt: Doubt | None = None,
    fixed_text: FixedText | None = None,
) -> Decision:
    """Return an answer: the agent's, or a fixed one."""
    return Decision(
        disposition=Disposition.ANSWER,
        label=label,
        reason=reason,
        layer=Layer.RULE,
        score=0.5 if doubt else 0.9,
        rule=rule,
        doubt=doubt,
        fixed_text=fixed_text,
    )


def by_keyword(
    disposition: Disposition, label: Label, rule: str, reason: str, language: str | None = None
) -> Decision:
    """Return what an exact word settles."""
    return Decision(
        disposition=disposition,
        label=label,
        reason=reason,
        layer=Layer.KEYWORD,
        score=1.0,
        rule=rule,
        scope="all" if disposition is Disposition.OPT_OUT else None,
        language=language,
    )
