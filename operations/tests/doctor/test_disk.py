from types import SimpleNamespace

from operations.doctor import disk

from .faults import wrong


def test_a_disk_that_is_full(monkeypatch):
    monkeypatch.setattr("shutil.disk_usage", lambda place: SimpleNamespace(free=2**29))

    with wrong("il ne reste que 0.5 Gio", "libérez 1.0 Gio"):
        disk.check()


def test_room_for_a_copy_of_the_database(monkeypatch, tmp_path):
    file = tmp_path / "passplus.sqlite3"
    with file.open("wb") as sparse:
        sparse.truncate(3 * 2**30)
    here = SimpleNamespace(vendor="sqlite", settings_dict={"NAME": str(file)})
    monkeypatch.setattr(disk, "connection", here)
    monkeypatch.setattr("shutil.disk_usage", lambda place: SimpleNamespace(free=2 * 2**30))

    with wrong(f"il ne reste que 2.0 Gio sous {tmp_path}", "libérez 4.0 Gio"):
        disk.check()


def test_a_place_that_is_not_ours(monkeypatch):
    monkeypatch.setattr("os.access", lambda place, mode: False)

    with wrong("ne s’ouvre pas à l’écriture"):
        disk.check()


def test_there_is_room():
    assert "Gio sous" in disk.check()
