"""`python -m benchmarks.inside MODULE ARGUMENT…` prints, as JSON, what `main` of that module returns."""

import importlib
import json
import sys

import django

if __name__ == "__main__":
    django.setup()
    name, *arguments = sys.argv[1:]
    module = importlib.import_module(f"benchmarks.{name}")
    print(json.dumps(module.main(*arguments)))
