"""The shop as Shopify's Admin GraphQL API 2026-10 tells it."""
