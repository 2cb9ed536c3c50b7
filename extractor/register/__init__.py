"""The register of documents and the audit of citations against it."""
