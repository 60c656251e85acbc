"""The first byte of what the process answers: what it made, or that it refuses."""

PDF, JPEG, REFUSED = b"P", b"J", b"R"
