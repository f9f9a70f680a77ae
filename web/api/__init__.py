"""The JSON API as tables: addresses, parameters, answers, errors, cursors; its OpenAPI document is made of them."""
