"""Documents and results in other stores: in memory, by file://, on a real S3 server and on a real SFTP server."""

from __future__ import annotations

import os
import socket
import threading
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from test_batch import PLAN, many, run, statuses, written

from extractor.batch import Record, extract_many
from extractor.batch.places import bytes_at, folder_at
from extractor.batch.plan import find_documents
from extractor.errors import UnreadableError, UnsupportedError

fsspec = pytest.importorskip("fsspec")
DOCUMENTS = {"a.txt": PLAN.format(n=1), "b/a.txt": PLAN.format(n=2), "b/hinh.png": "-", ".an.txt": "-"}


def filled(address: str) -> str:
    """A folder of documents at the address."""
    system, root = fsspec.core.url_to_fs(address)
    for name, text in DOCUMENTS.items():
        target = f"{root}/{name}"
        system.makedirs(target.rpartition("/")[0], exist_ok=True)
        system.pipe_file(target, text.encode())
    return address


def there_and_back(address: str, tmp_path: Path) -> None:
    """Every document of a store into the same store, twice: the second time nothing is to be done."""
    source, out, manifest = filled(f"{address}/in"), f"{address}/in/out", tmp_path / "m.jsonl"
    for status in ("done", "unchanged"):
        records = list(extract_many([source], out, resume=True, manifest=manifest))
        assert sorted((r.file, r.status, r.output) for r in records) == [
            (f"{source}/a.txt", status, "a.json"),
            (f"{source}/b/a.txt", status, "b/a.json"),
        ]
    system, root = fsspec.core.url_to_fs(out)
    assert sorted(p[len(root) :] for p in system.find(root)) == ["/a.json", "/b/a.json"]
    assert b'"identifier": "2/KH-STP"' in bytes_at(f"{out}/b/a.json")
    with pytest.raises(UnreadableError, match="Không tìm thấy"):
        bytes_at(f"{source}/khong-co.txt")


def test_memory(tmp_path: Path) -> None:
    there_and_back(f"memory://{uuid.uuid4().hex}", tmp_path)


def test_local_addresses_are_the_same_as_paths(tmp_path: Path) -> None:
    there_and_back(f"file://{tmp_path}/kho", tmp_path)
    folder = many(tmp_path / "in", 2)
    by_path, by_address = tmp_path / "a", tmp_path / "b"
    assert statuses(list(extract_many([folder], by_path))) == statuses(
        list(extract_many([folder], f"file://{by_address}", manifest=tmp_path / "m"))
    )
    assert written(by_path) == written(by_address)


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A bucket on a server that speaks S3."""
    server_module = pytest.importorskip("moto.server")
    pytest.importorskip("s3fs").S3FileSystem.clear_instance_cache()  # it remembers a server of another test
    server = server_module.ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "a")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "b")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    bucket = f"s3://kho-{uuid.uuid4().hex[:8]}"
    fsspec.core.url_to_fs(bucket)[0].mkdir(bucket)
    yield bucket
    server.stop()


def test_s3(s3: str, tmp_path: Path) -> None:
    there_and_back(f"{s3}/ke-hoach", tmp_path)


def test_s3_by_the_command(s3: str, tmp_path: Path) -> None:
    source, out = filled(f"{s3}/in"), f"{s3}/out"
    assert run(source, "-o", out).returncode == 2, "an address takes a manifest"
    manifest = tmp_path / "m.jsonl"
    done = run(source, "-o", out, "--manifest", manifest)
    assert (done.returncode, done.stderr) == (0, "Đã xử lý 2 tệp: 2 thành công, 0 lỗi.\n")
    assert folder_at(out).has("b/a.json")
    assert manifest.read_bytes().count(b"\n") == 2


class Sftp:
    """A server that serves a folder by SFTP to whoever comes."""

    def __init__(self, root: Path) -> None:
        import paramiko

        self._key = paramiko.RSAKey.generate(2048)
        self._root = root
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        import paramiko

        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            transport = paramiko.Transport(connection)
            transport.add_server_key(self._key)
            transport.set_subsystem_handler("sftp", paramiko.SFTPServer, _files(self._root))
            transport.start_server(server=_anyone())

    def close(self) -> None:
        self._listening.close()


def _anyone() -> Any:
    import paramiko

    class Anyone(paramiko.ServerInterface):
        def check_auth_password(self, username: str, password: str) -> int:
            return paramiko.AUTH_SUCCESSFUL

        def check_channel_request(self, kind: str, chanid: int) -> int:
            return paramiko.OPEN_SUCCEEDED

    return Anyone()


def _files(root: Path) -> Any:
    import paramiko

    class Files(paramiko.SFTPServerInterface):
        def _at(self, path: str) -> str:
            return f"{root}{self.canonicalize(path)}"

        def list_folder(self, path: str) -> Any:
            try:
                return [
                    paramiko.SFTPAttributes.from_stat(os.lstat(f"{self._at(path)}/{n}"), n)
                    for n in os.listdir(self._at(path))
                ]
            except OSError as error:
                return paramiko.SFTPServer.convert_errno(error.errno)

        def stat(self, path: str) -> Any:
            try:
                return paramiko.SFTPAttributes.from_stat(os.stat(self._at(path)))
            except OSError as error:
                return paramiko.SFTPServer.convert_errno(error.errno)

        lstat = stat

        def open(self, path: str, flags: int, attr: Any) -> Any:
            try:
                handle = os.open(self._at(path), flags, 0o644)
            except OSError as error:
                return paramiko.SFTPServer.convert_errno(error.errno)
            mode = "r+b" if flags & os.O_RDWR else "wb" if flags & os.O_WRONLY else "rb"
            file = os.fdopen(handle, mode)
            out = paramiko.SFTPHandle(flags)
            out.readfile = out.writefile = file
            out.stat = lambda: paramiko.SFTPAttributes.from_stat(os.fstat(file.fileno()))
            return out

        def mkdir(self, path: str, attr: Any) -> int:
            return _told(os.mkdir, self._at(path))

        def remove(self, path: str) -> int:
            return _told(os.remove, self._at(path))

        def posix_rename(self, oldpath: str, newpath: str) -> int:
            return _told(os.replace, self._at(oldpath), self._at(newpath))

        rename = posix_rename

        def chattr(self, path: str, attr: Any) -> int:
            return int(paramiko.SFTP_OK)

    def _told(do: Any, *arguments: str) -> int:
        try:
            do(*arguments)
        except OSError as error:
            return int(paramiko.SFTPServer.convert_errno(error.errno))
        return int(paramiko.SFTP_OK)

    return Files


def test_sftp(tmp_path: Path) -> None:
    pytest.importorskip("paramiko")
    root = tmp_path / "may-chu"
    root.mkdir()
    server = Sftp(root)
    try:
        there_and_back(f"sftp://van-thu:mat-khau@127.0.0.1:{server.port}/kho", tmp_path)
    finally:
        server.close()
    assert not [p for p in root.rglob("*") if p.name.startswith(".kehoach")]


def test_a_store_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UnsupportedError, match=r"khong-co://a: Không mở được kho"):
        find_documents(["khong-co://a"])
    with pytest.raises(UnreadableError, match="không có văn bản nào"):
        find_documents([f"memory://{uuid.uuid4().hex}"])


def test_keys_that_lead_upwards_do_not(tmp_path: Path) -> None:
    system = fsspec.filesystem("memory")
    name = uuid.uuid4().hex
    system.store[f"/{name}/../../x.txt"] = fsspec.implementations.memory.MemoryFile(
        system, f"/{name}/../../x.txt", PLAN.format(n=1).encode()
    )
    out = tmp_path / "a" / "b" / "out"
    records: list[Record] = list(extract_many([f"memory://{name}"], out))
    assert [r.output for r in records if r.output] in ([], ["_/_/x.json"])
    assert not (tmp_path / "a" / "x.json").exists()
