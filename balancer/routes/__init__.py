"""The only Starlette code: HTTP and WebSocket doors."""
