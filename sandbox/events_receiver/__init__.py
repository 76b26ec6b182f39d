"""The brand's own endpoint for business events, verified by Standard Webhooks signatures."""
