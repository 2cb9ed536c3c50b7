"""Where documents lie and results go: a folder of this machine, or what fsspec reaches (S3, SFTP, …) by its address.

A result is there whole or not at all, and never outside the folder that was named.
"""

from __future__ import annotations

import posixpath
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

from extractor.atomic import UNFINISHED, atomic_bytes
from extractor.errors import UnreadableError, UnsupportedError

STANDARD_INPUT = "-"
# Stores that show an object only when it has been written to its end.
_WHOLE = frozenset({"s3", "s3a", "gs", "gcs", "az", "abfs", "memory"})


def is_address(name: str) -> bool:
    """Whether a name is the address of another store ("s3://kho/ke-hoach")."""
    return "://" in name


class Folder(Protocol):
    """Where results go. Names in it are relative, with "/" between parts."""

    def has(self, name: str) -> bool: ...
    def write(self, name: str, data: bytes) -> None: ...
    def sweep(self) -> None: ...


class LocalFolder:
    """A folder of this machine; it is made where it is not there."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def has(self, name: str) -> bool:
        return (self.path / name).is_file()

    def write(self, name: str, data: bytes) -> None:
        """Raises `OSError` where the file cannot be written, or would lie outside the folder."""
        target = self.path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.parent.resolve().is_relative_to(self.path.resolve()):
            raise OSError(f"{target} nằm ngoài thư mục kết quả")
        with atomic_bytes(target) as file:
            file.write(data)

    def sweep(self) -> None:
        """Take away what a run that was killed had begun to write."""
        for begun in self.path.rglob(f"{UNFINISHED}*"):
            begun.unlink(missing_ok=True)


class RemoteFolder:
    """A folder of another store, by its address."""

    def __init__(self, address: str) -> None:
        self._system, self._root = _opened(address)

    def has(self, name: str) -> bool:
        return bool(self._system.isfile(self._at(name)))

    def write(self, name: str, data: bytes) -> None:
        """Raises what the store raises."""
        target = self._at(name)
        if _protocol(self._system) in _WHOLE:
            self._system.pipe_file(target, data)
            return
        folder, leaf = posixpath.split(target)
        self._system.makedirs(folder, exist_ok=True)
        beside = posixpath.join(folder, f"{UNFINISHED}{uuid.uuid4().hex}")
        try:
            self._system.pipe_file(beside, data)
            self._system.mv(beside, posixpath.join(folder, leaf))
        except BaseException:
            if self._system.exists(beside):
                self._system.rm_file(beside)
            raise

    def sweep(self) -> None:
        """The same."""
        if _protocol(self._system) not in _WHOLE and self._system.isdir(self._root):
            for path in self._system.find(self._root):
                if posixpath.basename(path).startswith(UNFINISHED):
                    self._system.rm_file(path)

    def _at(self, name: str) -> str:
        return posixpath.join(self._root, name)


def folder_at(name: str) -> Folder:
    """The folder of that path or address."""
    return RemoteFolder(name) if is_address(name) else LocalFolder(Path(name))


def bytes_at(name: str) -> bytes:
    """The bytes of a document by its path or address. Raises `UnreadableError`."""
    from extractor.read import bytes_of, limits, too_large

    if name == STANDARD_INPUT:
        data = sys.stdin.buffer.read(limits.FILE_BYTES + 1)
        if len(data) > limits.FILE_BYTES:
            raise too_large(name)
        return data
    if not is_address(name):
        return bytes_of(Path(name), name)
    system, path = _opened(name)
    try:
        if system.size(path) > limits.FILE_BYTES:
            raise too_large(name)
        return bytes(system.cat_file(path))
    except FileNotFoundError:
        raise UnreadableError(name, "Không tìm thấy tệp.", "Kiểm tra lại địa chỉ.") from None
    except OSError as error:
        raise UnreadableError(name, f"Không đọc được tệp ({error}).", "Kiểm tra địa chỉ và quyền đọc.") from None


def files_at(address: str) -> Iterator[tuple[str, str]]:
    """The files below an address in order: the address of each, and its name below the folder.

    A single file stands below its own folder. Raises `UnreadableError` where there is nothing.
    """
    system, root = _opened(address)
    try:
        found = sorted(system.find(root))
    except OSError as error:
        raise UnreadableError(address, f"Không đọc được thư mục ({error}).", "Kiểm tra địa chỉ và quyền đọc.") from None
    if found == [root]:
        yield address, posixpath.basename(root)
        return
    for path in found:
        yield address.rstrip("/") + path[len(root) :], path[len(root) :]


def _protocol(system: Any) -> str:
    protocol = system.protocol
    return str(protocol if isinstance(protocol, str) else protocol[0])


def _opened(address: str) -> tuple[Any, str]:
    try:
        import fsspec.core

        system, path = fsspec.core.url_to_fs(address)
    except (ImportError, ValueError) as error:
        raise UnsupportedError(
            address,
            f"Không mở được kho này ({error}).",
            "Cài bằng: pip install 'kehoach[dask]', hoặc kiểm tra địa chỉ.",
        ) from None
    except OSError as error:
        raise UnreadableError(address, f"Không kết nối được ({error}).", "Kiểm tra địa chỉ và mạng.") from None
    return system, path.rstrip("/")
