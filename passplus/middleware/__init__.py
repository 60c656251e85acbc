"""The middleware."""
