"""The language server: `server` speaks the protocol, `session` knows what is open and what holds for it, and every
feature is a function over a checked document (`documents.Document`). Only `reportlint server` imports it."""
