"""Tests of web/assistants, through the protocol's own client."""
