"""Fixtures of the web tests: a fake service, a client of the site over it."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from search.settings import Settings
from tests.web.fakes import FakeService
from web.app import create_app


@pytest.fixture
def service() -> FakeService:
    return FakeService()


@pytest.fixture
def app(service: FakeService) -> Flask:
    return create_app(Settings(), service)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
