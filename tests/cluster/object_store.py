"""An object storage that speaks S3, as a process of its own on 127.0.0.1 (moto). It keeps everything in memory."""

import contextlib
import subprocess
import sys
import time

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError

BUCKET, KEY, SECRET = "newsroom", "key", "not/so+secret"
START_SECONDS = 30


def setting(port, folder=""):
    """What MEDIA_STORAGE says for the storage at this port."""
    return f"s3://{KEY}:not%2Fso%2Bsecret@{BUCKET}/{folder}?endpoint=http://127.0.0.1:{port}&region=us-east-1"


def client(port):
    quick = Config(connect_timeout=1, read_timeout=10, retries={"total_max_attempts": 1})
    keys = {"aws_access_key_id": KEY, "aws_secret_access_key": SECRET, "region_name": "us-east-1"}
    return boto3.client("s3", endpoint_url=f"http://127.0.0.1:{port}", config=quick, **keys)


def command(port):
    """What starts it."""
    return [sys.executable, "-W", "ignore", "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]


def create_bucket(port):
    """Create the bucket as soon as the storage answers."""
    until = time.monotonic() + START_SECONDS
    while True:
        try:
            return client(port).create_bucket(Bucket=BUCKET)
        except BotoCoreError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


@contextlib.contextmanager
def running(port):
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(command(port), **quiet)
    try:
        create_bucket(port)
        yield process
    finally:
        process.kill()
        process.wait()
