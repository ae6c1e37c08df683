"""Parts that several machines share, each by one setting: files in an object storage, replicas, caches in front."""
