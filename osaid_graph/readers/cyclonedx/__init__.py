"""CycloneDX: bills of materials in JSON and XML."""
