# SPDX-License-Identifier: MIT
"""Lets LocalStack's S3 survive a restart, also one by SIGKILL.

LocalStack's community edition keeps objects in temporary files that end with the process. This hook runs inside of
LocalStack before it listens: it loads what is on disk, and from then on copies what a request has changed to disk
before the request is answered. So whatever a client was told is stored is there after a restart. The copy is of the
object as it is when it is copied, so requests that overtake each other end with the newest one.

Not kept: uploads in parts that are not completed, tags, and of a bucket with versions all but the newest one.

Files: ROOT/BUCKET/bucket.pickle, ROOT/BUCKET/objects/SHA256_OF_KEY, which is a pickle of the object's fields followed
by its bytes. They belong to the LocalStack release that wrote them; ROOT is called after it.
"""

import hashlib
import logging
import os
import pickle
import shutil
import threading
from pathlib import Path

from localstack import config, constants
from localstack.aws.handlers import run_custom_response_handlers
from localstack.services.plugins import SERVICE_PLUGINS
from localstack.services.s3.models import S3Bucket, S3DeleteMarker, S3Object, s3_stores

LOG = logging.getLogger("localstack.icestream.s3")
ROOT = Path(config.dirs.var_libs).parent / f"s3-{constants.VERSION}"
READING = ("Get", "Head", "List", "Select")
COPY_BYTES = 1 << 20
# Of the object's fields those that writing its bytes would set anew
KEPT = ("etag", "size", "checksum_value")


class DiskCopy:
    """The copy on disk of what the S3 provider holds in memory."""

    def __init__(self, storage):
        self.storage = storage
        # Two requests for one key must not copy at once; those for others need not wait
        self.locks = [threading.Lock() for _ in range(64)]

    def load(self) -> tuple[int, int]:
        buckets = objects = 0
        for folder in sorted(ROOT.glob("*/bucket.pickle")):
            bucket = self._load_bucket(folder)
            buckets += 1
            for file in (folder.parent / "objects").iterdir():
                if file.suffix == ".new":
                    file.unlink()
                    continue
                self._load_object(bucket, file)
                objects += 1
        return buckets, objects

    def follow(self, bucket: str, keys: list[str]):
        """Copies what the request may have changed: keys of a bucket, or the bucket itself."""
        if keys:
            for key in keys:
                with self.locks[hash((bucket, key)) % len(self.locks)]:
                    self._follow_object(bucket, key)
        else:
            with self.locks[hash(bucket) % len(self.locks)]:
                self._follow_bucket(bucket)

    def _load_bucket(self, file: Path) -> S3Bucket:
        with file.open("rb") as source:
            account, region, bucket = pickle.load(source)
        store = s3_stores[account][region]
        store.buckets[bucket.name] = bucket
        store.global_bucket_map[bucket.name] = account
        self.storage.create_bucket(bucket.name)
        return bucket

    def _load_object(self, bucket: S3Bucket, file: Path):
        with file.open("rb") as source:
            s3_object = pickle.load(source)
            kept = {name: getattr(s3_object, name) for name in KEPT}
            with self.storage.open(bucket.name, s3_object, mode="w") as stored:
                stored.write(source)
            vars(s3_object).update(kept)
        bucket.objects.set(s3_object.key, s3_object)

    def _follow_bucket(self, name: str):
        bucket = find_bucket(name)
        if bucket is None:
            shutil.rmtree(ROOT / name, ignore_errors=True)
            return
        (ROOT / name / "objects").mkdir(parents=True, exist_ok=True)
        shell = S3Bucket.__new__(S3Bucket)
        vars(shell).update(vars(bucket))
        shell.multiparts = {}
        shell.objects = type(bucket.objects)()
        with replacing(ROOT / name / "bucket.pickle") as target:
            pickle.dump((bucket.bucket_account_id, bucket.bucket_region, shell), target)

    def _follow_object(self, name: str, key: str):
        bucket = find_bucket(name)
        file = ROOT / name / "objects" / hashlib.sha256(key.encode()).hexdigest()
        s3_object = bucket.objects.get(key) if bucket else None
        if s3_object is None or isinstance(s3_object, S3DeleteMarker):
            file.unlink(missing_ok=True)
            return
        with replacing(file) as target:
            self._write(name, s3_object, target)

    def _write(self, bucket: str, s3_object: S3Object, target):
        with self.storage.open(bucket, s3_object, mode="r") as stored:
            pickle.dump(s3_object, target)
            while data := stored.read(COPY_BYTES):
                target.write(data)


class replacing:
    """A file that takes the place of another one once it is whole."""

    def __init__(self, file: Path):
        self.file = file
        self.draft = file.with_name(f"{file.name}.{threading.get_ident()}.new")

    def __enter__(self):
        self.target = self.draft.open("wb")
        return self.target

    def __exit__(self, failure, *_):
        self.target.close()
        if failure is None:
            os.replace(self.draft, self.file)
        else:
            self.draft.unlink()


def find_bucket(name: str) -> S3Bucket | None:
    for regions in list(s3_stores.values()):
        for store in list(regions.values()):
            if name in store.buckets:
                return store.buckets[name]
    return None


def keys_of(operation: str, request: dict) -> list[str]:
    if operation == "DeleteObjects":
        return [each["Key"] for each in request["Delete"]["Objects"]]
    return [request["Key"]] if "Key" in request else []


def start():
    ROOT.mkdir(parents=True, exist_ok=True)
    copy = DiskCopy(SERVICE_PLUGINS.get_service("s3")._provider._storage_backend)
    buckets, objects = copy.load()
    LOG.info("S3 is kept in %s: %d buckets, %d objects loaded", ROOT, buckets, objects)

    def follow(chain, context, response):
        if not context.service or context.service.service_name != "s3" or not context.operation:
            return
        operation = context.operation.name
        if operation.startswith(READING) or response.status_code >= 300:
            return
        request = context.service_request or {}
        if "Bucket" not in request:
            return
        try:
            copy.follow(request["Bucket"], keys_of(operation, request))
        except Exception:
            # The client must not take for stored what would not be there after a restart
            LOG.exception("%s is not on disk", operation)
            response.status_code = 500
            response.set_response(b"")

    run_custom_response_handlers.append(follow)


start()
