from contextlib import contextmanager

import pytest

from operations.doctor.findings import Wrong


@contextmanager
def wrong(fault, remedy=""):
    with pytest.raises(Wrong) as found:
        yield
    assert fault in found.value.fault
    assert remedy in found.value.remedy
