#!/bin/sh
# Makes the namespace and its search attributes; does nothing when they are there.
# Reads TEMPORAL_ADDRESS and TEMPORAL_NAMESPACE as the temporal CLI does, and RETENTION ("30d"),
# which counts from a conversation's end.
set -eu

tries=30
until temporal operator cluster health >/dev/null 2>&1; do
    tries=$((tries - 1))
    if [ "$tries" -eq 0 ]; then
        echo "namespace: Temporal does not answer at $TEMPORAL_ADDRESS" >&2
        exit 1
    fi
    sleep 2
done

name="$TEMPORAL_NAMESPACE"
if ! temporal operator namespace describe --namespace "$name" >/dev/null 2>&1; then
    temporal operator namespace create --namespace "$name" --retention "$RETENTION"
fi

# A new namespace is known to every part of the server after a few seconds, not at once.
tries=30
until temporal operator search-attribute list --namespace "$name" >/tmp/known 2>/dev/null; do
    tries=$((tries - 1))
    if [ "$tries" -eq 0 ]; then
        echo "namespace: $name does not appear" >&2
        exit 1
    fi
    sleep 1
done

add() {
    if ! grep -Eq "^ *$1 " /tmp/known; then
        temporal operator search-attribute create --namespace "$name" --name "$1" --type "$2"
    fi
}

add Brand Keyword
add Channel Keyword
add ConversationStatus Keyword
add Intent Keyword
add Escalated Bool
add OpenedAt Datetime
echo "namespace: $name is ready"
