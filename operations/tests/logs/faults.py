SECRET = "0000000000000"


def fails_with(monkeypatch, trouble):
    def broken(**_):
        raise trouble

    monkeypatch.setattr("accounts.services.exchange_code", broken)
