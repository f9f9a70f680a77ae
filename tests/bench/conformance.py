"""How the API keeps to its OpenAPI document, over the index that KASHAF_INDEX names: as many requests as asked for.

    KASHAF_INDEX=/path/of/index python -m tests.bench.conformance 500

In: the number of requests of each kind for each address. Prints the answers by status; ends with what is wrong.
"""

from __future__ import annotations

import sys
import time

from schemathesis import GenerationMode

from search.service import SearchService
from search.settings import load_settings
from tests.web.conformance import operations_of, try_operation
from web.app import create_app


def main(cases: int) -> None:
    """Tries every address with requests that the document allows, and with others."""
    settings = load_settings()
    described = operations_of(create_app(settings, SearchService.open(settings)))
    for path, operation in described.items():
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            began = time.perf_counter()
            answered = try_operation(operation, mode, cases=cases, seeded=False)
            seconds = time.perf_counter() - began
            print(f"{path:22} {mode.value:9} {dict(sorted(answered.items()))} {seconds:.1f} s", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]))
