from typing import Any

# The context of a component, by the name of its state.
States = dict[str, dict[str, Any]]
