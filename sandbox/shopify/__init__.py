"""The Shopify emulator: the Admin GraphQL API 2026-10 over the demo brand."""
