"""Objects on an S3 server, through the ``minio`` client and plain S3 only."""
