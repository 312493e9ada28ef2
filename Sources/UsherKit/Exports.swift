@_exported public import MetadataModel
