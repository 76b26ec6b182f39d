"""Shopify's sentence and code for each way a document can be wrong."""

from collections.abc import Callable

from graphql import (
    ArgumentNode,
    Node,
    ObjectFieldNode,
    ObjectValueNode,
    SelectionSetNode,
    VariableDefinitionNode,
    VariableNode,
    print_ast,
)

from sandbox.shopify.place import Place
from sandbox.wire import Json

_Worded = tuple[str, Json]


def worded(rule: str, node: Node | None, place: Place, original: str) -> _Worded:
    """Return message and extensions for what one rule found.

    Args:
        rule: Class name of the graphql-core rule without ``Rule``.
        node: The node it complained about.
        place: Where that node stands.
        original: graphql-core's own sentence, used only for rules Shopify has no known text for.
    """
    write = _WORDINGS.get(rule)
    if write is None or node is None:
        return original, {"code": rule[:1].lower() + rule[1:]}
    return write(node, place)


def _undefined_field(_node: Node, at: Place) -> _Worded:
    message = f"Field '{at.field}' doesn't exist on type '{at.parent}'"
    return message, {"code": "undefinedField", "typeName": at.parent, "fieldName": at.field}


def _missing_arguments(_node: Node, at: Place) -> _Worded:
    names = ", ".join(at.missing)
    return f"Field '{at.field}' is missing required arguments: {names}", {
        "code": "missingRequiredArguments",
        "className": "Field",
        "name": at.field,
        "arguments": names,
    }


def _unknown_argument(node: Node, at: Place) -> _Worded:
    name = node.name.value if isinstance(node, ArgumentNode) else at.argument
    return f"Field '{at.field}' doesn't accept argument '{name}'", {
        "code": "argumentNotAccepted",
        "name": at.field,
        "typeName": "Field",
        "argumentName": name,
    }


def _bad_value(node: Node, at: Place) -> _Worded:
    outer = at.input_object
    if outer and isinstance(node, ObjectFieldNode) and node.name.value not in outer.known:
        name = node.name.value
        return f"InputObject '{outer.name}' doesn't accept argument '{name}'", {
            "code": "argumentNotAccepted",
            "name": outer.name,
            "typeName": "InputObject",
            "argumentName": name,
        }
    if outer and isinstance(node, ObjectValueNode) and outer.missing:
        name, kind = outer.missing[0]
        sentence = f"Argument '{name}' on InputObject '{outer.name}' is required."
        return f"{sentence} Expected type {kind}!", {
            "code": "missingRequiredInputObjectAttribute",
            "argumentName": name,
            "argumentType": f"{kind}!",
            "inputObjectType": outer.name,
        }
    nested = outer if not isinstance(node, ObjectValueNode) else None
    holder = f"InputObject '{nested.name}'" if nested else f"Field '{at.field}'"
    sentence = f"Argument '{at.argument}' on {holder} has an invalid value ({print_ast(node)})."
    return f"{sentence} Expected type '{at.expected}'.", {
        "code": "argumentLiteralsIncompatible",
        "typeName": "InputObject" if nested else "Field",
        "argumentName": at.argument,
    }


def _wrong_selection(node: Node, at: Place) -> _Worded:
    if isinstance(node, SelectionSetNode):
        message = f"Selections can't be made on scalars (field '{at.field}' returns {at.kind}"
        inner = ", ".join(print_ast(part) for part in node.selections)
        return f"{message} but has selections [{inner}])", _mismatch(at)
    message = f"Field must have selections (field '{at.field}' returns {at.kind}"
    hint = f"but has no selections. Did you mean '{at.field} {{ ... }}'?)"
    return f"{message} {hint}", _mismatch(at)


def _mismatch(at: Place) -> Json:
    where = f"field '{at.field}'"
    return {"code": "selectionMismatch", "nodeName": where, "typeName": at.kind}


def _unused_variable(node: Node, at: Place) -> _Worded:
    name = node.variable.name.value if isinstance(node, VariableDefinitionNode) else ""
    message = f"Variable ${name} is declared by {_operation(at)} but not used"
    return message, {"code": "variableNotUsed", "variableName": name}


def _undefined_variable(node: Node, at: Place) -> _Worded:
    name = node.name.value if isinstance(node, VariableNode) else ""
    message = f"Variable ${name} is used by {_operation(at)} but not declared"
    return message, {"code": "variableNotDefined", "variableName": name}


def _variable_mismatch(node: Node, _at: Place) -> _Worded:
    name = node.variable.name.value if isinstance(node, VariableDefinitionNode) else ""
    kind = print_ast(node.type) if isinstance(node, VariableDefinitionNode) else ""
    return f"Type mismatch on variable ${name} ({kind})", {
        "code": "variableMismatch",
        "variableName": name,
        "typeName": kind,
    }


def _undefined_directive(node: Node, _at: Place) -> _Worded:
    name = _name(node)
    message = f"Directive @{name} is not defined"
    return message, {"code": "undefinedDirective", "directiveName": name}


def _undefined_type(node: Node, _at: Place) -> _Worded:
    name = _name(node)
    return f"{name} isn't a defined input type or condition", {
        "code": "undefinedType",
        "typeName": name,
    }


def _unknown_fragment(node: Node, _at: Place) -> _Worded:
    name = getattr(node, "value", "")
    message = f"Fragment {name} was used, but not defined"
    return message, {"code": "useAndDefineFragment", "fragmentName": name}


def _unused_fragment(node: Node, _at: Place) -> _Worded:
    name = _name(node)
    message = f"Fragment {name} was defined, but not used"
    return message, {"code": "useAndDefineFragment", "fragmentName": name}


def _name(node: Node) -> str:
    return str(getattr(getattr(node, "name", None), "value", ""))


def _operation(at: Place) -> str:
    words = at.path[0].split(" ") if at.path else []
    return words[1] if len(words) > 1 else "anonymous " + "".join(words)


_WORDINGS: dict[str, Callable[[Node, Place], _Worded]] = {
    "FieldsOnCorrectType": _undefined_field,
    "ProvidedRequiredArguments": _missing_arguments,
    "KnownArgumentNames": _unknown_argument,
    "ValuesOfCorrectType": _bad_value,
    "ScalarLeafs": _wrong_selection,
    "NoUnusedVariables": _unused_variable,
    "NoUndefinedVariables": _undefined_variable,
    "VariablesInAllowedPosition": _variable_mismatch,
    "KnownDirectives": _undefined_directive,
    "KnownTypeNames": _undefined_type,
    "KnownFragmentNames": _unknown_fragment,
    "NoUnusedFragments": _unused_fragment,
}
