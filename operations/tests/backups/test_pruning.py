import datetime as dt

from operations.backups import manifests, pruning


def test_how_long_they_stay(tmp_path, monkeypatch):
    now = dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)

    def lay(days, hours=0, suffix=".age"):
        at = now - dt.timedelta(days=days, hours=hours)
        path = tmp_path / at.strftime(f"{manifests.NAME}{suffix}")
        path.touch()
        manifests.manifest_of(path).touch()
        return path

    kept = [lay(0), lay(0, 1), lay(1), lay(1, 5), lay(3), lay(29), lay(0, 2, ".part")]
    gone = [lay(3, 1), lay(3, 2), lay(29, 3), lay(30, 1), lay(400), lay(5, suffix=".part")]
    other = tmp_path / "passplus-notes.age"
    other.touch()

    assert pruning.prune(directory=tmp_path, days=30) == len(gone)
    assert {path for path in tmp_path.iterdir() if path.suffix != ".json"} == {*kept, other}
    assert {path.stem for path in tmp_path.glob("*.json")} == {path.stem for path in kept}
