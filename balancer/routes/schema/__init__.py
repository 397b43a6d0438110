"""The documents of the wire, made from types and doors: OpenAPI for HTTP, AsyncAPI for the live socket."""
